import { z } from "zod";
import { invalidValues, MAX_ERRORS, type Problem } from "@/lib/api/errors/problem";

/** An error of one entry of a batch. `index` is the entry's place in it. */
export const batchErrorJson = z.strictObject({
  index: z.int(),
  path: z.string(),
  code: z.string(),
  message: z.string(),
});

type EntryError = { index: number; path: string; message: string };

/** The problem for a strict batch with errors, of which nothing is stored. */
export function refusedBatch(errors: readonly EntryError[]): Problem {
  const named = errors.map(({ index, path, message }) => ({
    path: path ? `${index}.${path}` : `${index}`,
    message,
  }));
  return invalidValues(named.slice(0, MAX_ERRORS));
}
