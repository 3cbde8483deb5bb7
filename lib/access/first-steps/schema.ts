import { z } from "zod";

/** The checklist is put away: there is nothing else to choose. */
export const hideFirstStepsInput = z.strictObject({ hidden: z.literal(true) });
export type HideFirstStepsInput = z.infer<typeof hideFirstStepsInput>;
