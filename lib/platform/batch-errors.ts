import type { Failure } from "@/lib/platform/result";

/** What happens to a batch with wrong entries: `strict` refuses it, `permissive` leaves them out. */
export type BatchMode = "strict" | "permissive";

/** An error of one entry of a batch, by the entry's place in it. */
export type BatchError = { index: number; path: string; code: string; message: string };

/** The errors that the failure of the entry at `index` consists of. */
export function batchErrors(
  index: number,
  { code, message, fieldErrors }: Failure<string>,
): BatchError[] {
  if (!fieldErrors) return [{ index, path: "", code, message }];
  return Object.entries(fieldErrors).flatMap(([path, messages]) =>
    messages.map((text) => ({ index, path, code, message: text })),
  );
}
