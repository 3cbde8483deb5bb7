import type { Credential } from "@/lib/access/api-keys/verification/verify";
import type { Problem } from "@/lib/api/errors/problem";
import { admit, refusalMeanwhile } from "@/lib/api/gate/admit";
import { actorOf, readCredential } from "@/lib/api/gate/authenticate";
import { oneAtATime, whenRoomFor } from "@/lib/api/gate/body-turns";
import {
  chargeRecipients,
  NO_RECIPIENTS,
  recipientsOf,
  uncharge,
} from "@/lib/api/gate/charge-recipients";
import type { Exchange } from "@/lib/api/gate/exchange";
import { answerOnce } from "@/lib/api/gate/idempotency";
import { parseJson, type ReceivedBody, receiveJson } from "@/lib/api/gate/read-body";
import { withinReadBudget } from "@/lib/api/gate/spend-reads";
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
  exchange.scopes = scopesOf(route);
  const admission = await admit(exchange, credential, exchange.scopes);
  if ("refused" in admission) return admission.refused;
  const query = route.query ? checkQuery(route.query, exchange.query) : NOTHING;
  if ("refused" in query) return query.refused;
  const { key } = admission;
  const admitted = { exchange, route, params, key, query: query.value };
  const { body } = route;
  if (!body) return await handOver(admitted, undefined, undefined);
  const { keyId } = key;
  return await whenRoomFor({ request, route, keyId }, async () => {
    const received = await receiveBody(exchange, route, credential);
    if ("refused" in received) return received.refused;
    const read = await oneAtATime({ request, route, keyId }, async () => {
      const sent = await parseJson(received, route);
      return "refused" in sent ? sent : { ...checkBody(body, sent.value), sent: sent.value };
    });
    if ("refused" in read) return read.refused;
    return await handOver(admitted, read.value, read.sent);
  });
}

/** A call of a key that was let in, whose query its route takes. */
type AdmittedCall = Pick<Call, "key" | "params" | "query"> & { exchange: Exchange; route: Route };

/** Hands a call to its route, with its body as the route's schema reads it; `sent` is the body as it was sent. */
async function handOver(
  { exchange, route, key, params, query }: AdmittedCall,
  body: unknown,
  sent: unknown,
): Promise<Answer | Problem> {
  const { request, path, at: now } = exchange;
  const actor = actorOf(key, exchange);
  const view = viewOf(actor);
  const { headers } = request;
  // Each by its name: to take “the rest” of an object was a sixteenth of a call's time.
  const call: Call = { key, params, query, actor, view, body, headers, now, people: 0 };
  if (route.method !== "POST") {
    return await withinReadBudget(exchange, route, call, async () => await route.handle(call));
  }
  let counted = NO_RECIPIENTS;
  const answer = await answerOnce(
    { call, route, path, sent },
    {
      refuse: async () => {
        const recipients = await recipientsOf(route, call);
        const refused = await chargeRecipients(exchange, call.key, recipients);
        if (!refused) counted = recipients;
        return refused;
      },
      handle: async () => await route.handle({ ...call, people: counted.inBudgets }),
    },
  );
  if ("problem" in answer) await uncharge(exchange, call.key, counted);
  return answer;
}

/** Receives the body, then checks again that the key may come in: a slow upload outlives no revoke. */
async function receiveBody(
  exchange: Exchange,
  route: Route,
  credential: Credential,
): Promise<ReceivedBody | { refused: Problem }> {
  const received = await receiveJson(exchange.request, route);
  exchange.bytesIn = received.bytes;
  if ("refused" in received) return received;
  const refused = await refusalMeanwhile(exchange, credential, now());
  return refused ? { refused } : received;
}
