import { RequestError } from "@hono/node-server";
import { noteOutcome } from "@/lib/access/activity/recording/call-figures";
import { PROBLEMS } from "@/lib/api/errors/codes";
import { type Problem, passingProblem, problem, problemBody } from "@/lib/api/errors/problem";
import { now } from "@/lib/platform/clock";
import { isDatabaseAway } from "@/lib/platform/database/away";
import { newUuid, requestIdOf } from "@/lib/platform/ids";
import { log } from "@/lib/platform/log";

const RETRY_AFTER_SECONDS = 5;

/** The log's line for a call that failed. `route` is its pattern, null where none matched. */
type FailedCall = { requestId: string; method: string; route: string | null };

/**
 * Turns an error that nobody expected into a problem, and logs it: 503 where the database is away, else 500
 * with the id under which the log has it. The caller learns nothing of the error itself.
 */
export function problemFromException(
  { requestId, method, route }: FailedCall,
  error: unknown,
): Problem {
  if (isDatabaseAway(error)) {
    log.warn({ requestId, method, route, err: error }, "the database did not answer a request");
    return serviceUnavailable();
  }
  log.error({ requestId, method, route, err: error }, "a request failed");
  return internalError(requestId);
}

/**
 * Answers a request that could not even be read (its URL or Host is malformed), or that failed where no
 * exchange can report it. For the `errorHandler` of whoever serves the API over HTTP, and for Hono's.
 */
export function answerOutsideExchange(error: unknown): Response {
  const requestId = requestIdOf(newUuid(now()));
  if (error instanceof RequestError) {
    const detail = "The URL of the request, or its Host, is malformed.";
    return response(problem("not_found", detail), requestId);
  }
  log.error({ requestId, err: error }, "a request failed outside of its exchange");
  return response(internalError(requestId), requestId);
}

/** The problem for an error of ours. The log has the error under `requestId`. */
export function internalError(requestId: string): Problem {
  return problem(
    "internal_error",
    `Something went wrong on our side. It is logged as ${requestId}.`,
  );
}

/** The problem for a database that does not answer. */
export function serviceUnavailable(): Problem {
  return passingProblem(
    "service_unavailable",
    `The service is unavailable for a moment. Nothing is wrong with your key. Try again in ${RETRY_AFTER_SECONDS} s.`,
    RETRY_AFTER_SECONDS,
  );
}

function response(problem: Problem, requestId: string): Response {
  const { status } = PROBLEMS[problem.problem];
  noteOutcome(status, problem.problem);
  return new Response(problemBody(problem, "", requestId), {
    status,
    headers: {
      "Content-Type": "application/problem+json",
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
      "X-Request-Id": requestId,
      ...problem.headers,
    },
  });
}
