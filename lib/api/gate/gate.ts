import {
  type Credential,
  lastRecognised,
  recheck,
  recognise,
  type Verdict,
  verify,
} from "@/lib/access/api-keys/verification/verify";
import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import type { Problem } from "@/lib/api/errors/problem";
import { keyInUrl, refusalProblem } from "@/lib/api/errors/refusals";
import { actorOf, readCredential } from "@/lib/api/gate/authenticate";
import { readJsonBody } from "@/lib/api/gate/body";
import type { Exchange } from "@/lib/api/gate/exchange";
import { answerOnce } from "@/lib/api/gate/idempotency";
import { findKeyInUrl, type KeyInUrl } from "@/lib/api/gate/key-in-url";
import { publicOrigin } from "@/lib/api/gate/origin";
import { checkBody, checkQuery } from "@/lib/api/gate/validate";
import type { Answer, Call, Route } from "@/lib/api/routes/route";
import type { Scope } from "@/lib/people/auth/scopes";
import { now } from "@/lib/platform/clock";
import { MAX_BODY_BYTES } from "@/lib/platform/edge/body-cap";

/** The key that was let in, or why none was. */
export type Admission = { key: KeyRecord } | { refused: Problem };

/**
 * Takes one request through the gate to its route: address, credential, key, limit, scope, query, body.
 * What it learns of the key goes into the exchange, so that refused calls are on record too.
 */
export async function passGate(
  exchange: Exchange,
  route: Route,
  params: Readonly<Record<string, string>>,
): Promise<Answer | Problem> {
  const { request } = exchange;
  const credential = readCredential(request.headers.get("authorization"));
  const scope = route.scope === "any" ? null : route.scope;
  const admission = await admit(exchange, credential, scope);
  if ("refused" in admission) return admission.refused;
  const lacking = lackingScope(exchange, route, admission.key);
  if (lacking) return lacking;
  const query = route.query ? checkQuery(route.query, exchange.query) : NOTHING;
  if ("refused" in query) return query.refused;
  const sent = route.body ? await receiveBody(exchange, route, credential) : NOTHING;
  if ("refused" in sent) return sent.refused;
  const body = route.body ? checkBody(route.body, sent.value) : NOTHING;
  if ("refused" in body) return body.refused;
  const call: Call = {
    actor: actorOf(admission.key, exchange.address, exchange.userAgent),
    key: admission.key,
    params,
    query: query.value,
    body: body.value,
    headers: request.headers,
    now: exchange.at,
  };
  if (route.method !== "POST") return await route.handle(call);
  const { path } = exchange;
  return await answerOnce({ call, path, sent: sent.value }, async () => await route.handle(call));
}

const NOTHING = { value: undefined };

/** Lets a key in for `scope` (null: any valid key), or says why not. */
export async function admit(
  exchange: Exchange,
  credential: Credential,
  scope: Scope | null,
): Promise<Admission> {
  const leaked = findKeyInUrl(exchange.request.url);
  if (leaked) return { refused: await refuseKeyInUrl(exchange, credential, leaked) };
  let verdict: Verdict;
  try {
    verdict = await verify(credential, { scope, address: exchange.address }, exchange.at);
  } catch (error) {
    // Nobody can say whether it may come in; whose it was when last looked up goes on record.
    exchange.key = lastRecognised(credential);
    throw error;
  }
  exchange.key = verdict.key;
  if ("rate" in verdict) exchange.rate = verdict.rate;
  if (verdict.outcome === "valid") return { key: verdict.key };
  return { refused: explain(exchange, verdict) };
}

function lackingScope(exchange: Exchange, route: Route, key: KeyRecord): Problem | null {
  const { alsoScope: scope } = route;
  const { rate } = exchange;
  if (!scope || !rate || key.scopes.includes(scope)) return null;
  return explain(exchange, { outcome: "insufficient_scope", key, rate, scope });
}

/** A key in the address is refused whatever else is right; whose it is still goes on record. */
async function refuseKeyInUrl(
  exchange: Exchange,
  credential: Credential,
  leaked: KeyInUrl,
): Promise<Problem> {
  const candidate: Credential = leaked.secret
    ? { kind: "secret", secret: leaked.secret }
    : credential;
  exchange.key = (await recognise(candidate, exchange.at)) ?? null;
  return keyInUrl();
}

/** Reads the body, and looks again whether the key may still come in: a slow upload outlives no revoke. */
async function receiveBody(
  exchange: Exchange,
  route: Route,
  credential: Credential,
): Promise<{ value: unknown } | { refused: Problem }> {
  const body = await readJsonBody(exchange.request, route.maxBodyBytes ?? MAX_BODY_BYTES);
  exchange.bytesIn = body.bytes;
  if ("refused" in body) return body;
  const turned = await recheck(credential, exchange.address, now());
  return turned ? { refused: explain(exchange, turned) } : body;
}

function explain(exchange: Exchange, verdict: Exclude<Verdict, { outcome: "valid" }>): Problem {
  const origin = publicOrigin(exchange.request.headers);
  return refusalProblem(verdict, { origin, address: exchange.address });
}
