import { PROBLEMS, type ProblemCode } from "@/lib/api/errors/problems";

const REALM = 'Bearer realm="Postern"';

/** What RFC 6750, section 3.1, calls a refusal with this status. */
const ERRORS: Partial<Record<number, string>> = {
  401: "invalid_token",
  403: "insufficient_scope",
};

/** The `WWW-Authenticate` of a problem by RFC 6750; null for one that is not about the key. */
export function challengeFor(code: ProblemCode): string | null {
  // Without credentials there is no error to give.
  if (code === "missing_api_key") return REALM;
  const { status, title } = PROBLEMS[code];
  const error = code === "key_in_url" ? "invalid_request" : ERRORS[status];
  return error ? `${REALM}, error="${error}", error_description="${title}"` : null;
}
