import { type Problem, problem } from "@/lib/api/errors/problem";
import { isDatabaseUnavailable } from "@/lib/api/errors/unavailable";
import { log } from "@/lib/platform/log";

const RETRY_AFTER_SECONDS = 5;

/** What the log says of a call that failed; `route` is its pattern, null where none matched. */
type FailedCall = { requestId: string; method: string; route: string | null };

/**
 * What the caller is told of an error nobody expected: that the database is away (503), or that something
 * went wrong here (500) and under which id the log has it. Nothing of the error itself.
 */
export function failureProblem({ requestId, method, route }: FailedCall, error: unknown): Problem {
  if (isDatabaseUnavailable(error)) {
    log.warn({ requestId, method, route, err: error }, "the database did not answer a request");
    return unavailable();
  }
  log.error({ requestId, method, route, err: error }, "a request failed");
  return problem(
    "internal_error",
    `Something went wrong on our side. It is logged as ${requestId}.`,
  );
}

function unavailable(): Problem {
  return problem(
    "service_unavailable",
    `The service is unavailable for a moment. Nothing is wrong with your key. Try again in ${RETRY_AFTER_SECONDS} s.`,
    { retry_after: RETRY_AFTER_SECONDS },
    { "Retry-After": `${RETRY_AFTER_SECONDS}` },
  );
}
