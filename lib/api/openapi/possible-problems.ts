import { PROBLEM_CODES, type ProblemCode } from "@/lib/access/activity/problem-codes";
import { type Route, scopesOf } from "@/lib/api/routes/route";

type Described = Omit<Route, "handle">;

const always = () => true;
const never = () => false;
const hasBody = ({ body }: Described) => body !== undefined;
const isPost = ({ method }: Described) => method === "POST";

/** Whether the kind of a route alone can lead to each problem. A route names in `problems` what else it answers with. */
const BY_KIND: Record<ProblemCode, (route: Described) => boolean> = {
  missing_api_key: always,
  invalid_api_key: always,
  revoked_api_key: always,
  expired_api_key: always,
  frozen_api_key: always,
  paused_api_key: always,
  key_in_url: always,
  invalid_signature: never,
  ip_not_allowed: always,
  insufficient_scope: (route) => scopesOf(route).length > 0,
  audience_not_allowed: never,
  rate_limit_exceeded: always,
  budget_exceeded: ({ touches }) =>
    touches.includes("contactsRead") || touches.includes("recipients"),
  // The Idempotency-Key of a POST is a value too.
  validation_error: (route) => route.query !== undefined || hasBody(route) || isPost(route),
  not_found: ({ path }) => path.includes("/:"),
  method_not_allowed: never,
  conflict: never,
  invalid_idempotent_request: isPost,
  concurrent_idempotent_requests: isPost,
  payload_too_large: hasBody,
  unsupported_media_type: hasBody,
  invalid_json: hasBody,
  internal_error: always,
  service_unavailable: always,
};

/** Every problem a route can answer with: those of its kind, and those it names. */
export function possibleProblems(route: Described): ProblemCode[] {
  return PROBLEM_CODES.filter((code) => BY_KIND[code](route) || route.problems?.includes(code));
}

/** The problems that a call which needs no key can be answered with. */
export const PUBLIC_PROBLEMS: readonly ProblemCode[] = ["key_in_url", "internal_error"];
