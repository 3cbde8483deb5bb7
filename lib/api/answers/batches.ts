import { z } from "zod";
import { invalidValues, MAX_ERRORS, type Problem } from "@/lib/api/errors/problem";

/** An error of one entry of a batch, by the entry's place in it. */
export const batchErrorJson = z.strictObject({
  index: z.int(),
  path: z.string(),
  code: z.string(),
  message: z.string(),
});

type EntryError = { index: number; path: string; message: string };

/** The problem of a strict batch of which nothing was taken. */
export function refusedBatch(errors: readonly EntryError[]): Problem {
  const named = errors.map(({ index, path, message }) => ({
    path: path ? `${index}.${path}` : `${index}`,
    message,
  }));
  return invalidValues(named.slice(0, MAX_ERRORS));
}
