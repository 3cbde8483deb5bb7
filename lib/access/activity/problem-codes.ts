/**
 * Every `code` of a refused or failed call, in the order the docs list them. Outsiders rely on the codes:
 * none is renamed or reused. A table with an entry for each (`Record<ProblemCode, …>`) does not compile
 * until a new code has one: `lib/api/errors/codes.ts`
 * says it in the API's words, `explain.ts` in Activity's.
 */
export const PROBLEM_CODES = [
  "missing_api_key",
  "invalid_api_key",
  "revoked_api_key",
  "expired_api_key",
  "frozen_api_key",
  "paused_api_key",
  "key_in_url",
  "invalid_signature",
  "ip_not_allowed",
  "insufficient_scope",
  "audience_not_allowed",
  "rate_limit_exceeded",
  "budget_exceeded",
  "validation_error",
  "not_found",
  "method_not_allowed",
  "conflict",
  "invalid_idempotent_request",
  "concurrent_idempotent_requests",
  "payload_too_large",
  "unsupported_media_type",
  "invalid_json",
  "internal_error",
  "service_unavailable",
] as const;

export type ProblemCode = (typeof PROBLEM_CODES)[number];

const KNOWN = new Set<string>(PROBLEM_CODES);

/** Whether `text` is one of the codes, in exactly this spelling. */
export function isProblemCode(text: string): text is ProblemCode {
  return KNOWN.has(text);
}
