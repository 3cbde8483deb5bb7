import { z } from "zod";

/** The checklist has nothing to choose. */
export const hideFirstStepsInput = z.strictObject({});
export type HideFirstStepsInput = z.infer<typeof hideFirstStepsInput>;
