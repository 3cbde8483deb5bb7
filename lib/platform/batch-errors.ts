import { z } from "zod";
import type { Failure } from "@/lib/platform/result";

/** How a batch with wrong entries is taken: not at all, or without them. */
export type BatchMode = "strict" | "permissive";

/** What is wrong with one entry of a batch, by its place in it. */
export type BatchError = { index: number; path: string; code: string; message: string };

/** The same, as the API shows it. */
export const batchErrorJson = z.strictObject({
  index: z.int(),
  path: z.string(),
  code: z.string(),
  message: z.string(),
});

/** The errors that a failure of the entry at `index` comes to. */
export function batchErrors(
  index: number,
  { code, message, fieldErrors }: Failure<string>,
): BatchError[] {
  if (!fieldErrors) return [{ index, path: "", code, message }];
  return Object.entries(fieldErrors).flatMap(([path, messages]) =>
    messages.map((text) => ({ index, path, code, message: text })),
  );
}
