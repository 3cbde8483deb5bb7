import type { Credential } from "@/lib/access/api-keys/verification/verify";
import type { Problem } from "@/lib/api/errors/problem";
import { admit, refusalMeanwhile } from "@/lib/api/gate/admit";
import { actorOf, readCredential } from "@/lib/api/gate/authenticate";
import { chargeRecipients, uncharge } from "@/lib/api/gate/charge-recipients";
import type { Exchange } from "@/lib/api/gate/exchange";
import { answerOnce } from "@/lib/api/gate/idempotency";
import { readJsonBody } from "@/lib/api/gate/read-body";
import { checkBody, checkQuery } from "@/lib/api/gate/validate";
import { type Answer, type Call, type Route, scopesOf } from "@/lib/api/routes/route";
import { viewOf } from "@/lib/people/auth/view";
import { now } from "@/lib/platform/clock";

const NOTHING = { value: undefined };

/**
 * The one way to a route. Takes a request through the gate in this order: URL, credential, key, limit and
 * scopes (all in `admit`), query, body. Returns the route's answer, or the problem that the request met.
 * Throws what nobody expected; `lib/api/app.ts` answers that.
 */
export async function passGate(
  exchange: Exchange,
  route: Route,
  params: Readonly<Record<string, string>>,
): Promise<Answer | Problem> {
  const { request } = exchange;
  const credential = readCredential(request.headers.get("authorization"));
  const admission = await admit(exchange, credential, scopesOf(route));
  if ("refused" in admission) return admission.refused;
  const query = route.query ? checkQuery(route.query, exchange.query) : NOTHING;
  if ("refused" in query) return query.refused;
  const sent = route.body ? await receiveBody(exchange, route, credential) : NOTHING;
  if ("refused" in sent) return sent.refused;
  const body = route.body ? checkBody(route.body, sent.value) : NOTHING;
  if ("refused" in body) return body.refused;
  const actor = actorOf(admission.key, exchange.address, exchange.userAgent);
  const call: Call = {
    actor,
    view: viewOf(actor),
    key: admission.key,
    params,
    query: query.value,
    body: body.value,
    headers: request.headers,
    now: exchange.at,
  };
  if (route.method !== "POST") return await route.handle(call);
  const once = { call, route, path: exchange.path, sent: sent.value };
  const recipients = route.recipients?.(call.body) ?? 0;
  const answer = await answerOnce(once, {
    refuse: async () => await chargeRecipients(exchange, call.key, recipients),
    handle: async () => await route.handle(call),
  });
  if ("problem" in answer) await uncharge(exchange, call.key, recipients);
  return answer;
}

/** Reads the body, then checks again that the key may come in: a slow upload outlives no revoke. */
async function receiveBody(
  exchange: Exchange,
  route: Route,
  credential: Credential,
): Promise<{ value: unknown } | { refused: Problem }> {
  const body = await readJsonBody(exchange.request, route);
  exchange.bytesIn = body.bytes;
  if ("refused" in body) return body;
  const refused = await refusalMeanwhile(exchange, credential, now());
  return refused ? { refused } : body;
}
