import { z } from "zod";
import { PASTED_MAX } from "@/lib/access/key-lookup/limits";

/** A text with a key, or a part of one, in it. It is read and not kept. */
export const whoseKeyInput = z.strictObject({
  text: z
    .string()
    .max(PASTED_MAX, `Paste at most ${PASTED_MAX} characters.`)
    .refine((text) => text.trim() !== "", "Paste a key, or a part of one."),
});
export type WhoseKeyInput = z.infer<typeof whoseKeyInput>;
