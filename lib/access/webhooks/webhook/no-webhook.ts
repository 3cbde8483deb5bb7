import { type Failure, fail } from "@/lib/platform/result";

/** The failure for a webhook that does not exist, and for one that the caller may not touch: the two look the same. */
export function noWebhook(): Failure<"not_found"> {
  return fail("not_found", "There is no such webhook in this workspace and environment.");
}
