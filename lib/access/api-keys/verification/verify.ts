import { addressAllowed } from "@/lib/access/api-keys/key/allowed-addresses";
import { hashSecret, isWellFormedSecret } from "@/lib/access/api-keys/key/secret";
import {
  lastKnownKey,
  lookUpKey,
  rememberedKey,
} from "@/lib/access/api-keys/verification/key-cache";
import { findKeyByHash, type KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import { countCall, type RateState } from "@/lib/access/api-keys/verification/rate-limit";
import type { Scope } from "@/lib/people/auth/scopes";

/** The credential of a request: none, one that cannot be a secret, or one to look up. */
export type Credential =
  | { kind: "none" }
  | { kind: "unusable" }
  | { kind: "secret"; secret: string };

/** The scope a request needs, null where every valid key may make it, and the IP address it comes from. */
export type Asked = { scope: Scope | null; address: string };

/** The reasons for not letting a recognised key in at all. Such calls do not count against its limit. */
export type Refusal = "revoked" | "expired" | "paused" | "retired" | "ip_not_allowed";

/** A key that is turned away, at the start of a request or after its body has arrived. */
export type TurnedAway = { outcome: "unknown"; key: null } | { outcome: Refusal; key: KeyRecord };

/** Every way a verification can end. `key` is there as soon as one was recognised. */
export type Verdict =
  | { outcome: "missing" | "malformed"; key: null }
  | TurnedAway
  | { outcome: "rate_limited"; key: KeyRecord; rate: RateState }
  | { outcome: "insufficient_scope"; key: KeyRecord; rate: RateState; scope: Scope }
  | { outcome: "valid"; key: KeyRecord; rate: RateState };

/**
 * Decides whether a credential may do what the request asks for at `now`. Unknown and revoked keys take the
 * same path. Only the database's answer is cached: status and time are judged for every request.
 * Throws `KeyLookUpFailedError` when the database cannot be asked.
 */
export async function verify(credential: Credential, asked: Asked, now: Date): Promise<Verdict> {
  if (credential.kind === "none") return { outcome: "missing", key: null };
  const key = await recognise(credential, now);
  if (!key) return { outcome: key === undefined ? "malformed" : "unknown", key: null };
  const refusal = refusalOf(key, asked.address, now);
  if (refusal) return { outcome: refusal, key };
  const rate = await countCall(key.keyId, key.ratePerMinute);
  if (rate.exceeded) return { outcome: "rate_limited", key, rate };
  return judgeRights(key, asked, rate);
}

/**
 * Judges a key again after a request's body has arrived, so that a revoke in the meantime holds. Null when the
 * request may go on. Counts nothing. Throws like `verify`.
 */
export async function recheck(
  credential: Credential,
  address: string,
  now: Date,
): Promise<TurnedAway | null> {
  const key = await recognise(credential, now);
  if (!key) return { outcome: "unknown", key: null };
  const refusal = refusalOf(key, address, now);
  return refusal && { outcome: refusal, key };
}

/**
 * The key a credential belongs to, in whatever state. Null when there is none; undefined when the checksum
 * shows, without the database, that it cannot be a secret. Throws like `verify`.
 */
export function recognise(
  credential: Credential,
  now: Date,
): KeyRecord | null | undefined | Promise<KeyRecord | null> {
  if (credential.kind !== "secret" || !isWellFormedSecret(credential.secret)) return undefined;
  const hash = hashSecret(credential.secret);
  const remembered = rememberedKey(hash, now);
  return remembered === undefined ? lookUpKey(hash, findKeyByHash, now) : remembered;
}

/**
 * The key a credential belonged to when the database was last asked, or null. It is for recording calls while
 * the database is away.
 */
export function lastRecognised(credential: Credential): KeyRecord | null {
  if (credential.kind !== "secret" || !isWellFormedSecret(credential.secret)) return null;
  return lastKnownKey(hashSecret(credential.secret));
}

/** The reason for refusing this key at `now` for a call from `address`, or null. */
export function refusalOf(key: KeyRecord, address: string, now: Date): Refusal | null {
  if (key.revokedAt) return "revoked";
  if (key.expiresAt && key.expiresAt <= now) return "expired";
  // This comes before paused, since resuming the key does not bring its old secret back.
  if (key.retiresAt && key.retiresAt <= now) return "retired";
  if (key.pausedAt) return "paused";
  return addressAllowed(key.allowedAddresses, address) ? null : "ip_not_allowed";
}

/** Whether a key that was let in has exactly the scope that is asked for. */
export function judgeRights(key: KeyRecord, asked: Asked, rate: RateState): Verdict {
  if (asked.scope !== null && !key.scopes.includes(asked.scope)) {
    return { outcome: "insufficient_scope", key, rate, scope: asked.scope };
  }
  return { outcome: "valid", key, rate };
}
