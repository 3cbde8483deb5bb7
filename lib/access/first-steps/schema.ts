import { z } from "zod";

/** Hiding the checklist needs no input. */
export const hideFirstStepsInput = z.strictObject({});
export type HideFirstStepsInput = z.infer<typeof hideFirstStepsInput>;
