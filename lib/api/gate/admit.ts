import { canRecord } from "@/lib/access/activity/recording/record";
import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import {
  type Credential,
  lastRecognised,
  recheck,
  recognise,
  type Verdict,
  verify,
} from "@/lib/access/api-keys/verification/verify";
import { noteUnknownSecret } from "@/lib/access/findings/unknown-secrets/note-unknown-secret";
import { serviceUnavailable } from "@/lib/api/errors/from-exception";
import { keyInUrl, problemFromVerdict } from "@/lib/api/errors/from-verdict";
import type { Problem } from "@/lib/api/errors/problem";
import type { Exchange } from "@/lib/api/gate/exchange";
import { findKeyInUrl, type KeyInUrl } from "@/lib/api/gate/key-in-url";
import { requestOrigin } from "@/lib/api/gate/origin";
import type { Scope } from "@/lib/people/auth/scopes";

/** The key that was let in, or why none was. */
export type Admission = { key: KeyRecord } | { refused: Problem };

/**
 * Lets a key in for every scope of `scopes` (none: any valid key), or says why not. Looks at the URL, the
 * credential, the key, its limit and its scopes, in this order. Writes the key into the exchange, so that
 * refused calls are on record too. Where calls cannot be put on record, none is let in. Throws when the database cannot say.
 */
export async function admit(
  exchange: Exchange,
  credential: Credential,
  scopes: readonly Scope[],
): Promise<Admission> {
  const leaked = findKeyInUrl(exchange.request.url);
  if (leaked) return { refused: await refuseKeyInUrl(exchange, credential, leaked) };
  // The record names the key as it was last known where nobody can say, or not in time, whether it may come in.
  exchange.key = lastRecognised(credential);
  if (!canRecord()) return { refused: serviceUnavailable() };
  const [scope = null, ...others] = scopes;
  const verdict = await verify(credential, { scope, address: exchange.address }, exchange.at);
  exchange.key = verdict.key;
  if (verdict.outcome === "unknown") noteUnknown(credential, exchange);
  if ("rate" in verdict) exchange.rate = verdict.rate;
  if (verdict.outcome !== "valid") return { refused: explain(exchange, verdict) };
  const { key, rate } = verdict;
  const lacking = others.find((other) => !key.scopes.includes(other));
  if (!lacking) return { key };
  return {
    refused: explain(exchange, { outcome: "insufficient_scope", key, rate, scope: lacking }),
  };
}

/** Why a key that was let in must be turned away after all at `now`; null when it may go on. Throws like `admit`. */
export async function refusalMeanwhile(
  exchange: Exchange,
  credential: Credential,
  now: Date,
): Promise<Problem | null> {
  const verdict = await recheck(credential, exchange.address, now);
  return verdict && explain(exchange, verdict);
}

/** Refuses a key in the URL, whatever else is right. The record still names the key. */
async function refuseKeyInUrl(
  exchange: Exchange,
  credential: Credential,
  leaked: KeyInUrl,
): Promise<Problem> {
  const candidate: Credential = leaked.secret
    ? { kind: "secret", secret: leaked.secret }
    : credential;
  const recognised = await recognise(candidate, exchange.address, exchange.at);
  exchange.key = recognised.key;
  if (!recognised.key && recognised.outcome === "unknown") noteUnknown(candidate, exchange);
  return keyInUrl();
}

/** Notes a secret that no key has. Findings tell the workspaces that it is about, if there are any. */
function noteUnknown(credential: Credential, { address, at }: Exchange): void {
  if (credential.kind === "secret") noteUnknownSecret(credential.secret, address, at);
}

function explain(exchange: Exchange, verdict: Exclude<Verdict, { outcome: "valid" }>): Problem {
  const origin = requestOrigin(exchange.request.headers);
  return problemFromVerdict(verdict, { origin, address: exchange.address });
}
