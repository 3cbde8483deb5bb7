import type { ProblemCode } from "@/lib/access/activity/problem-codes";
import { noteCall } from "@/lib/access/activity/recording/call-figures";
import type { Exchange } from "@/lib/api/gate/exchange";
import { type NewSpan, tracing } from "@/lib/platform/tracing/tracing";

/** Tells operators of an answer that is about to be sent: it joins the metrics, and the span of its call. */
export function noteAnswer(exchange: Exchange, status: number, code: ProblemCode | null): void {
  const { request, route, startedMs } = exchange;
  const durationMs = performance.now() - startedMs;
  noteCall({ method: request.method, route, status, code, durationMs });
  const span = tracing()?.current();
  if (!span) return;
  span.add({
    "http.response.status_code": status,
    "postern.request_id": exchange.requestId,
    "postern.workspace_id": exchange.key?.workspaceId,
    "postern.key_id": exchange.key?.keyId,
    "postern.problem": code ?? undefined,
  });
  if (status >= 500) span.fail(code ?? `${status}`);
}

/** The span of a call as it begins. Its path is told as a pattern: in the path itself there may be a contact's email. */
export function spanOfCall({ method, headers }: Request, route: string | null): NewSpan {
  return {
    name: route === null ? method : `${method} ${route}`,
    kind: "server",
    attributes: { "http.request.method": method, "http.route": route ?? undefined },
    headers,
  };
}
