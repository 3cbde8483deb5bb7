import { z } from "zod";
import { invalidValues, type Problem } from "@/lib/api/errors/problem";
import type { BatchMode } from "@/lib/platform/batch-errors";

/** The most values of a batch: a thousand contacts with fifty properties and fifty lists each. */
export const MAX_BATCH_VALUES = 120_000;

const HEADER = "x-batch-validation";

/** The header in which a caller chooses the mode of a batch, by the name that the resend client uses. */
export const batchHeaders = z.object({
  [HEADER]: z.enum(["strict", "permissive"], "Use strict or permissive.").default("strict").meta({
    description:
      "“strict”: one wrong entry and nothing is done. “permissive”: the good ones are done, and “errors” names the others.",
  }),
});

/** The mode that the headers of a batch ask for, or the problem with its value. */
export function batchModeOf(headers: Headers): BatchMode | Problem {
  const parsed = batchHeaders.safeParse({ [HEADER]: headers.get(HEADER) ?? undefined });
  if (parsed.success) return parsed.data[HEADER];
  return invalidValues([{ path: HEADER, message: parsed.error.issues[0]?.message ?? "" }]);
}
