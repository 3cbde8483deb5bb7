import { RequestError } from "@hono/node-server";
import { problem, problemBody } from "@/lib/api/errors/problem";
import { PROBLEMS, type ProblemCode } from "@/lib/api/errors/problems";
import { now } from "@/lib/platform/clock";
import { newUuid, requestIdOf } from "@/lib/platform/ids";
import { log } from "@/lib/platform/log";

/**
 * Answers what could not even be read as a request (a broken address or Host), or failed where no exchange
 * can report it: for the `errorHandler` of whoever serves the API over HTTP, and for Hono's.
 */
export function answerUnreadable(error: unknown): Response {
  const requestId = requestIdOf(newUuid(now()));
  if (error instanceof RequestError) {
    return answer("not_found", "The address of the request, or its Host, is malformed.", requestId);
  }
  log.error({ requestId, err: error }, "a request failed outside of its exchange");
  return answer("internal_error", `It is logged as ${requestId}.`, requestId);
}

function answer(code: ProblemCode, detail: string, requestId: string): Response {
  return new Response(problemBody(problem(code, detail), "", requestId), {
    status: PROBLEMS[code].status,
    headers: {
      "Content-Type": "application/problem+json",
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
      "X-Request-Id": requestId,
    },
  });
}
