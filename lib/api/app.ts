import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { OUTSIDE_API } from "@/lib/access/activity/explain";
import { answerOutsideExchange, problemFromException } from "@/lib/api/errors/from-exception";
import type { Problem } from "@/lib/api/errors/problem";
import { closeExchange } from "@/lib/api/gate/close-exchange";
import { type Exchange, openExchange } from "@/lib/api/gate/exchange";
import { passGate } from "@/lib/api/gate/gate";
import { allowedMethods, matchingPattern } from "@/lib/api/gate/match-path";
import { spanOfCall } from "@/lib/api/gate/note-answer";
import { answerStray, answerUnmatched } from "@/lib/api/gate/unmatched";
import { receiveGithubAlerts } from "@/lib/api/leaks/receive-github-alerts";
import { receiveReport } from "@/lib/api/leaks/receive-report";
import { DOCUMENT_ROUTE } from "@/lib/api/openapi/document-route";
import { serveDocument } from "@/lib/api/openapi/serve-document";
import { routes } from "@/lib/api/routes/all-routes";
import type { Answer, Route } from "@/lib/api/routes/route";
import { now } from "@/lib/platform/clock";
import { unlessDatabaseHangs } from "@/lib/platform/database/hangs";
import { API_PREFIX, isApiPath, LEAK_PATHS } from "@/lib/platform/edge/api-prefix";
import { tracing } from "@/lib/platform/tracing/tracing";

/** Node's own request and response, where `server.ts` serves. Empty behind Next and in tests. */
type NodeSide = { Bindings: Partial<HttpBindings> };

/**
 * The API, and the reports of leaked keys beside it, served by `server.ts` and by Next's catch-all route. It has one handler a route and no middleware:
 * all that happens to a request is in `passGate`, in the order in which it reads.
 *
 * @example
 * const answer = await api.request("/api/v1/me", { headers: { authorization: `Bearer ${secret}` } });
 */
const root = new Hono<NodeSide>();
export const api = root.basePath(API_PREFIX);

// Reports of leaked keys stand beside `/api/v1`: both share one router.
root.all(LEAK_PATHS.report, (c) => answer(c, LEAK_PATHS.report, toPost(receiveReport)));
root.all(LEAK_PATHS.github, (c) => answer(c, LEAK_PATHS.github, toPost(receiveGithubAlerts)));

const known = [...routes, DOCUMENT_ROUTE];

// Hono takes the first route that matches, so `/contacts/deleted` comes before `/contacts/:idOrEmail`.
for (const route of routes.toSorted((a, b) => parametersIn(a) - parametersIn(b))) {
  api.on(route.method, route.path, (c) => {
    const params = c.req.param();
    return answer(c, route.path, (exchange) => passGate(exchange, route, params));
  });
}

api.on(DOCUMENT_ROUTE.method, DOCUMENT_ROUTE.path, (c) =>
  answer(c, DOCUMENT_ROUTE.path, serveDocument),
);

function parametersIn({ path }: Route): number {
  return path.split("/:").length;
}

api.notFound((c) => {
  if (!isApiPath(c.req.path)) return answer(c, OUTSIDE_API, answerStray);
  const path = c.req.path.slice(API_PREFIX.length);
  return answer(c, matchingPattern(known, path), (exchange) =>
    answerUnmatched(exchange, allowedMethods(known, path)),
  );
});

// Only a call that cannot even be put on record gets here.
api.onError(answerOutsideExchange);

type Respond = (exchange: Exchange) => Promise<Answer | Problem>;

/** `respond` for POST; what other methods get is said by `answerUnmatched`. */
function toPost(respond: Respond): Respond {
  return (exchange) =>
    exchange.request.method === "POST" ? respond(exchange) : answerUnmatched(exchange, ["POST"]);
}

/** Takes one request from its beginning to its answer, as one span of a trace where there are traces. */
async function answer(
  c: Context<NodeSide, string>,
  pattern: string | null,
  respond: Respond,
): Promise<Response> {
  const traced = tracing();
  if (!traced) return await answerInAnyCase(c, pattern, respond);
  const span = spanOfCall(c.req.raw, pattern);
  return await traced.inSpan(span, async () => await answerInAnyCase(c, pattern, respond));
}

/** Answers a request, whatever happens to it in `respond`. */
async function answerInAnyCase(
  c: Context<NodeSide, string>,
  pattern: string | null,
  respond: Respond,
): Promise<Response> {
  const exchange = openExchange(c.req.raw, c.env?.outgoing ?? null, pattern, now());
  try {
    return await closeExchange(exchange, await unlessDatabaseHangs(respond(exchange)));
  } catch (error) {
    const { requestId, request, route } = exchange;
    const failed = { requestId, method: request.method, route };
    return await closeExchange(exchange, problemFromException(failed, error));
  }
}
