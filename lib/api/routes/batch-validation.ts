import { z } from "zod";
import { invalidValues, type Problem } from "@/lib/api/errors/problem";
import type { BatchMode } from "@/lib/platform/batch-errors";

const HEADER = "x-batch-validation";

/** The header by which the callers of a batch say how it is to be taken; the resend client's name for it. */
export const batchHeaders = z.object({
  [HEADER]: z.enum(["strict", "permissive"], "Use strict or permissive.").default("strict").meta({
    description:
      "“strict”: one wrong entry and nothing is done. “permissive”: the good ones are done, and “errors” names the others.",
  }),
});

/** How a batch asks to be taken, or the problem with what it says. */
export function batchModeOf(headers: Headers): BatchMode | Problem {
  const parsed = batchHeaders.safeParse({ [HEADER]: headers.get(HEADER) ?? undefined });
  if (parsed.success) return parsed.data[HEADER];
  return invalidValues([{ path: HEADER, message: parsed.error.issues[0]?.message ?? "" }]);
}
