import { invalidValues, MAX_ERRORS, type Problem } from "@/lib/api/errors/problem";
import type { BatchError } from "@/lib/platform/batch-errors";

/** The problem of a strict batch of which nothing was taken. */
export function refusedBatch(errors: readonly BatchError[]): Problem {
  const named = errors.map(({ index, path, message }) => ({
    path: path ? `${index}.${path}` : `${index}`,
    message,
  }));
  return invalidValues(named.slice(0, MAX_ERRORS));
}
