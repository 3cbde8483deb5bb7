import { z } from "zod";
import type { Failure } from "@/lib/platform/result";

/** What happens to a batch with wrong entries: `strict` refuses it, `permissive` leaves them out. */
export type BatchMode = "strict" | "permissive";

/** A fault of one entry of a batch, by its index. */
export type BatchError = { index: number; path: string; code: string; message: string };

/** The same, as the API shows it. */
export const batchErrorJson = z.strictObject({
  index: z.int(),
  path: z.string(),
  code: z.string(),
  message: z.string(),
});

/** The errors for a failure of the entry at `index`. */
export function batchErrors(
  index: number,
  { code, message, fieldErrors }: Failure<string>,
): BatchError[] {
  if (!fieldErrors) return [{ index, path: "", code, message }];
  return Object.entries(fieldErrors).flatMap(([path, messages]) =>
    messages.map((text) => ({ index, path, code, message: text })),
  );
}
