import type { NamedRange } from "@/lib/access/activity/limits";
import { isProblemCode, type ProblemCode } from "@/lib/access/activity/problem-codes";
import type { Run } from "@/lib/access/activity/schema";
import { countOf, formatCount } from "@/lib/platform/format/number";

/** The names of the times that the list can be narrowed to. */
export const RANGE_WORDS: Record<NamedRange, string> = {
  hour: "last hour",
  day: "last 24 hours",
  yesterday: "yesterday (UTC)",
  week: "last 7 days",
};

/** The reasons for which a call is refused or fails, each in two or three words. */
const REASONS: Record<ProblemCode, string> = {
  missing_api_key: "No key sent",
  invalid_api_key: "Secret not valid",
  revoked_api_key: "Key revoked",
  expired_api_key: "Key expired",
  paused_api_key: "Key paused",
  frozen_api_key: "Key frozen",
  key_in_url: "Key in the URL",
  invalid_signature: "Wrong signature",
  ip_not_allowed: "IP address not allowed",
  insufficient_scope: "Access not given",
  audience_not_allowed: "Audience not allowed",
  rate_limit_exceeded: "Too many calls",
  budget_exceeded: "Budget used up",
  validation_error: "Invalid fields",
  not_found: "Not found",
  method_not_allowed: "Wrong method",
  conflict: "Exists already",
  invalid_idempotent_request: "Repeated with changes",
  concurrent_idempotent_requests: "Repeated at once",
  payload_too_large: "Too large",
  unsupported_media_type: "Not JSON",
  invalid_json: "Broken JSON",
  internal_error: "Failed here",
  service_unavailable: "Not available for a moment",
};

/** The reason of a call that was refused or failed, in two or three words. */
export function reasonInWords(code: string | null, status: number): string {
  if (code && isProblemCode(code)) return REASONS[code];
  return status >= 500 ? REASONS.internal_error : "Refused";
}

/** A run of calls in words: "14,212 contacts changed, 3 refused (invalid fields)". */
export function runInWords({ calls, problems, ...touched }: Omit<Run, "keyName">): string {
  const refused = problems.reduce((sum, problem) => sum + problem.calls, 0);
  const deeds = [
    touched.contactsChanged > 0 && `${countOf(touched.contactsChanged, "contact")} changed`,
    touched.contactsRead > 0 && `${countOf(touched.contactsRead, "contact")} read`,
    touched.recipients > 0 && `${countOf(touched.recipients, "recipient")} written to`,
  ].filter((deed) => deed !== false);
  const answered = calls - refused;
  if (deeds.length === 0 && answered > 0) deeds.push(`${countOf(answered, "call")} answered`);
  const [most] = problems;
  if (most) deeds.push(`${formatCount(refused)} ${problemWord(most.status)} (${reasonOf(most)})`);
  return deeds.join(", ");
}

function problemWord(status: number): string {
  return status >= 500 ? "failed" : "refused";
}

function reasonOf({ code, status }: { code: string | null; status: number }): string {
  const [first = "", ...rest] = reasonInWords(code, status);
  return first.toLowerCase() + rest.join("");
}
