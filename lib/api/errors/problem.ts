import type { ProblemCode } from "@/lib/access/activity/problem-codes";
import { type CodeText, PROBLEMS } from "@/lib/api/errors/codes";
import { formatCount, formatMebibytes } from "@/lib/platform/format/number";

/** The most wrong values one answer names. More would help nobody. */
export const MAX_ERRORS = 50;

/** One value that was not accepted, by its dotted path (empty for the body as a whole). */
export type ValueError = { path: string; message: string };

/** A refusal or failure on its way to the caller. `more` joins the body, `headers` the answer's headers. */
export type Problem = {
  problem: ProblemCode;
  detail: string;
  more?: Record<string, unknown>;
  headers?: Record<string, string>;
};

/** A problem of this code, with what is special about this case. A code that is about the key adds its challenge. */
export function problem(
  code: ProblemCode,
  detail: string,
  more?: Record<string, unknown>,
  headers?: Record<string, string>,
): Problem {
  const challenge = challengeFor(code);
  const all = { ...(challenge && { "WWW-Authenticate": challenge }), ...headers };
  return {
    problem: code,
    detail,
    ...(more ? { more } : {}),
    ...(Object.keys(all).length > 0 ? { headers: all } : {}),
  };
}

/** A problem that goes away by itself: it tells the caller to try again in `seconds`. */
export function passingProblem(code: ProblemCode, detail: string, seconds: number): Problem {
  return problem(code, detail, { retry_after: seconds }, { "Retry-After": `${seconds}` });
}

/** The problem for values that were not accepted. */
export function invalidValues(errors: readonly ValueError[]): Problem {
  const first = errors[0];
  const where = first?.path ? `${first.path}: ` : "";
  const others = errors.length > 1 ? ` (and ${errors.length - 1} more, see “errors”)` : "";
  return problem("validation_error", `${where}${first?.message ?? "Not accepted."}${others}`, {
    errors,
  });
}

/** The problem for a body larger than the `maxBytes` that `route` (such as “POST /emails”) takes. */
export function bodyTooLarge(route: string, maxBytes: number): Problem {
  return problem(
    "payload_too_large",
    `${route} takes a body of at most ${formatMebibytes(maxBytes)} (${formatCount(maxBytes)} bytes).`,
  );
}

/** The problem for a body with more than the `maxValues` that `what` (such as “POST /emails”) takes. */
export function tooManyValues(what: string, maxValues: number): Problem {
  return problem(
    "payload_too_large",
    `${what} holds at most ${formatCount(maxValues)} values: texts, numbers, lists and objects together.`,
  );
}

/**
 * The body of a problem: RFC 9457's members, our `code` and `request_id`, and beside them the members
 * that widespread SDKs read (`name`, `message`, `statusCode`).
 */
export function problemBody(problem: Problem, origin: string, requestId: string): string {
  const { status, title } = PROBLEMS[problem.problem];
  return JSON.stringify({
    type: `${origin}/docs/errors/${problem.problem}`,
    title,
    status,
    detail: problem.detail,
    code: problem.problem,
    request_id: requestId,
    name: problem.problem,
    message: problem.detail,
    statusCode: status,
    ...problem.more,
  });
}

const REALM = 'Bearer realm="Postern"';

/** The `WWW-Authenticate` of a problem by RFC 6750. Null for a problem that is not about the key. */
export function challengeFor(code: ProblemCode): string | null {
  const { challenge, title }: CodeText = PROBLEMS[code];
  if (!challenge) return null;
  return challenge === "none"
    ? REALM
    : `${REALM}, error="${challenge}", error_description="${title}"`;
}
