import { type RateState, WINDOW_SECONDS } from "@/lib/access/api-keys/verification/rate-limit";

/**
 * The headers that tell a caller how much of its key's limit is left: the names of draft 06, which most SDKs
 * know, and the structured fields of the current IETF draft.
 */
export function rateHeaders(rate: RateState): Record<string, string> {
  return {
    "RateLimit-Limit": `${rate.limit}`,
    "RateLimit-Remaining": `${rate.remaining}`,
    "RateLimit-Reset": `${rate.resetSeconds}`,
    "RateLimit-Policy": `"default";q=${rate.limit};w=${WINDOW_SECONDS}`,
    RateLimit: `"default";r=${rate.remaining};t=${rate.resetSeconds}`,
  };
}
