import { actorOf, readCredential } from "@/lib/api/authenticate";
import { readJsonBody } from "@/lib/api/body";
import { type Exchange, userAgentOf } from "@/lib/api/exchange";
import { findKeyInUrl, type KeyInUrl } from "@/lib/api/key-in-url";
import { publicOrigin } from "@/lib/api/origin";
import type { Problem } from "@/lib/api/problem";
import { keyInUrl, refusalProblem } from "@/lib/api/refusals";
import type { Answer, Route } from "@/lib/api/route";
import type { Scope } from "@/lib/api-keys/scopes";
import { type Credential, recheck, recognise, type Verdict, verify } from "@/lib/api-keys/verify";
import type { KeyRecord } from "@/lib/api-keys/verify-record";
import { now } from "@/lib/clock";

/** The key that was let in, or why none was. */
export type Admission = { key: KeyRecord } | { refused: Problem };

/**
 * Takes one request through the gate to its route: address, credential, key, limit, scope, body. What it
 * learns of the key goes into the exchange, so that refused calls are on record too.
 */
export async function passGate(
  exchange: Exchange,
  route: Route,
  param: string,
): Promise<Answer | Problem> {
  const credential = readCredential(exchange.request.headers.get("authorization"));
  const scope = route.scope === "any" ? null : route.scope;
  const admission = await admit(exchange, credential, scope);
  if ("refused" in admission) return admission.refused;
  const body = route.takesBody ? await receiveBody(exchange, credential) : null;
  if (body && "refused" in body) return body.refused;
  return await route.handle({
    actor: actorOf(admission.key, exchange.address, userAgentOf(exchange)),
    key: admission.key,
    param,
    query: exchange.query,
    body: body?.value,
    now: exchange.at,
  });
}

/** Lets a key in for `scope` (null: any valid key), or says why not. */
export async function admit(
  exchange: Exchange,
  credential: Credential,
  scope: Scope | null,
): Promise<Admission> {
  const leaked = findKeyInUrl(exchange.request.url);
  if (leaked) return { refused: await refuseKeyInUrl(exchange, credential, leaked) };
  const verdict = await verify(credential, { scope, address: exchange.address }, exchange.at);
  exchange.key = verdict.key;
  if ("rate" in verdict) exchange.rate = verdict.rate;
  if (verdict.outcome === "valid") return { key: verdict.key };
  return { refused: explain(exchange, verdict) };
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
  credential: Credential,
): Promise<{ value: unknown } | { refused: Problem }> {
  const body = await readJsonBody(exchange.request);
  exchange.bytesIn = body.bytes;
  if ("refused" in body) return body;
  const turned = await recheck(credential, exchange.address, now());
  return turned ? { refused: explain(exchange, turned) } : body;
}

function explain(exchange: Exchange, verdict: Exclude<Verdict, { outcome: "valid" }>): Problem {
  const origin = publicOrigin(exchange.request.headers);
  return refusalProblem(verdict, { origin, address: exchange.address });
}
