import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { failureProblem } from "@/lib/api/errors/failures";
import type { Problem } from "@/lib/api/errors/problem";
import { answerUnreadable } from "@/lib/api/errors/unreadable";
import { closeExchange, type Exchange, openExchange } from "@/lib/api/gate/exchange";
import { passGate } from "@/lib/api/gate/gate";
import { allowedMethods, answerElsewhere, matchingPattern } from "@/lib/api/gate/unmatched";
import { answerDocument } from "@/lib/api/openapi/answer-document";
import { DOCUMENT_ROUTE } from "@/lib/api/openapi/document-route";
import { routes } from "@/lib/api/routes/all-routes";
import type { Answer, Route } from "@/lib/api/routes/route";
import { now } from "@/lib/platform/clock";
import { API_PREFIX } from "@/lib/platform/edge/api-prefix";

/** Node's own request and response, where `server.ts` serves; empty behind Next and in tests. */
type NodeSide = { Bindings: Partial<HttpBindings> };

/**
 * The API, for whoever serves HTTP: `server.ts` and Next's catch-all route. One handler a route and no
 * middleware: whatever happens to a request is in `passGate`, in the order in which it reads.
 *
 * @example
 * const answer = await api.request("/api/v1/me", { headers: { authorization: `Bearer ${secret}` } });
 */
export const api = new Hono<NodeSide>().basePath(API_PREFIX);

const known = [...routes, DOCUMENT_ROUTE];

// The first that matches answers: `/contacts/deleted` before `/contacts/:idOrEmail`.
for (const route of routes.toSorted((a, b) => parametersIn(a) - parametersIn(b))) {
  api.on(route.method, route.path, (c) => {
    const params = c.req.param();
    return exchange(c, route.path, (under) => passGate(under, route, params));
  });
}

api.on(DOCUMENT_ROUTE.method, DOCUMENT_ROUTE.path, (c) =>
  exchange(c, DOCUMENT_ROUTE.path, answerDocument),
);

function parametersIn({ path }: Route): number {
  return path.split("/:").length;
}

api.notFound((c) => {
  const path = c.req.path.slice(API_PREFIX.length);
  return exchange(c, matchingPattern(known, path), (under) =>
    answerElsewhere(under, allowedMethods(known, path)),
  );
});

// Only a call that cannot even be put on record gets here.
api.onError(answerUnreadable);

/** One request from its beginning to its answer, whatever becomes of it. */
async function exchange(
  c: Context<NodeSide, string>,
  pattern: string | null,
  answer: (exchange: Exchange) => Promise<Answer | Problem>,
): Promise<Response> {
  const under = openExchange(c.req.raw, c.env?.outgoing ?? null, pattern, now());
  try {
    return await closeExchange(under, await answer(under));
  } catch (error) {
    const { requestId, request, route } = under;
    const failed = { requestId, method: request.method, route };
    return await closeExchange(under, failureProblem(failed, error));
  }
}
