import { challengeFor } from "@/lib/api/errors/challenge";
import { PROBLEMS, type ProblemCode } from "@/lib/api/errors/problems";

/** So many wrong values are named; more would help nobody. */
export const MAX_ERRORS = 50;

/** What is wrong with one value, by its dotted path (empty for the body as a whole). */
export type ValueError = { path: string; message: string };

/** A refusal or failure on its way to the caller. `more` joins the body, `headers` the answer's. */
export type Problem = {
  problem: ProblemCode;
  detail: string;
  more?: Record<string, unknown>;
  headers?: Record<string, string>;
};

/** A problem of this code, with what is special about this case. Whatever is about the key challenges it. */
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

/** The problem for values that were not accepted. */
export function invalidValues(errors: readonly ValueError[]): Problem {
  const first = errors[0];
  const where = first?.path ? `${first.path}: ` : "";
  const others = errors.length > 1 ? ` (and ${errors.length - 1} more, see “errors”)` : "";
  return problem("validation_error", `${where}${first?.message ?? "Not accepted."}${others}`, {
    errors,
  });
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
