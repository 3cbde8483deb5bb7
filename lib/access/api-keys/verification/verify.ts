import { addressAllowed } from "@/lib/access/api-keys/key/allowed-addresses";
import { hashSecret, isWellFormedSecret } from "@/lib/access/api-keys/key/secret";
import {
  lastKnownKey,
  lookUpKey,
  rememberedKey,
  stillKnownKey,
} from "@/lib/access/api-keys/verification/key-cache";
import { findKeyByHash, type KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import { lookUpCounts } from "@/lib/access/api-keys/verification/look-up-counts";
import { countCall, type RateState } from "@/lib/access/api-keys/verification/rate-limit";
import {
  countUnseenSecret,
  forgiveUnseenSecret,
} from "@/lib/access/api-keys/verification/unknown-secrets";
import type { Scope } from "@/lib/people/auth/scopes";

/** The credential of a request: none, one that cannot be a secret, or one to look up. */
export type Credential =
  | { kind: "none" }
  | { kind: "unusable" }
  | { kind: "secret"; secret: string };

/** The scope a request needs, null where every valid key may make it, and the IP address it comes from. */
export type Asked = { scope: Scope | null; address: string };

/** The reasons for not letting a recognised key in at all. Such calls do not count against its limit. */
export type Refusal = "revoked" | "expired" | "frozen" | "paused" | "retired" | "ip_not_allowed";

/** A key that is turned away, at the start of a request or after its body has arrived. */
export type TurnedAway = { outcome: "unknown"; key: null } | { outcome: Refusal; key: KeyRecord };

/** Every way a verification can end. `key` is there as soon as one was recognised. */
export type Verdict =
  | { outcome: "missing" | "malformed"; key: null }
  | { outcome: "too_many_unknown"; key: null; retryAfterSeconds: number }
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
  const found = await recognise(credential, asked.address, now);
  if (!found.key) return found;
  const { key } = found;
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
  const { key } = await recognise(credential, address, now);
  if (!key) return { outcome: "unknown", key: null };
  const refusal = refusalOf(key, address, now);
  return refusal && { outcome: refusal, key };
}

/** A key in whatever state, or why none was recognised. */
type Recognised = { key: KeyRecord } | Extract<Verdict, { key: null }>;

/**
 * The key a credential belongs to. The checksum shows without the database that a text is no secret, and an
 * address that tries many which nobody has is turned away before the database is asked. Throws like `verify`.
 */
export function recognise(
  credential: Credential,
  address: string,
  now: Date,
): Recognised | Promise<Recognised> {
  const hash = hashOf(credential);
  if (hash === null) return { outcome: "malformed", key: null };
  const remembered = rememberedKey(hash, now);
  if (remembered !== undefined) {
    lookUpCounts().hit += 1;
    return asRecognised(remembered);
  }
  const known = stillKnownKey(hash);
  if (!known) return lookUp(hash, address, now);
  lookUpCounts().hit += 1;
  // Its one connection may be busy with a large email: the look-up renews what is known, and nobody waits for it.
  lookUpKey(hash, findKeyByHash, now).catch(() => {});
  return asRecognised(known);
}

async function lookUp(hash: string, address: string, now: Date): Promise<Recognised> {
  if (lastKnownKey(hash)) return asRecognised(await askDatabase(hash, now));
  const retryAfterSeconds = await countUnseenSecret(address);
  if (retryAfterSeconds !== null) {
    return { outcome: "too_many_unknown", key: null, retryAfterSeconds };
  }
  let found: KeyRecord | null | undefined;
  try {
    found = await askDatabase(hash, now);
    return asRecognised(found);
  } finally {
    // Undefined: the database could not say, which is nobody's mistake.
    if (found !== null) await forgiveUnseenSecret(address);
  }
}

async function askDatabase(hash: string, now: Date): Promise<KeyRecord | null> {
  try {
    const found = await lookUpKey(hash, findKeyByHash, now);
    lookUpCounts().miss += 1;
    return found;
  } catch (error) {
    lookUpCounts().failed += 1;
    throw error;
  }
}

function asRecognised(key: KeyRecord | null): Recognised {
  return key ? { key } : { outcome: "unknown", key };
}

/**
 * The key a credential belonged to when the database was last asked, or null. It is for recording calls while
 * the database is away.
 */
export function lastRecognised(credential: Credential): KeyRecord | null {
  const hash = hashOf(credential);
  return hash === null ? null : lastKnownKey(hash);
}

/** Hashes that are worked out already: a call with a body is judged twice. */
const hashes = new WeakMap<Credential, string | null>();

/** The hash by which the database knows a credential; null for one that cannot be a secret. */
function hashOf(credential: Credential): string | null {
  let hash = hashes.get(credential);
  if (hash === undefined) {
    const isSecret = credential.kind === "secret" && isWellFormedSecret(credential.secret);
    hash = isSecret ? hashSecret(credential.secret) : null;
    hashes.set(credential, hash);
  }
  return hash;
}

/** The reason for refusing this key at `now` for a call from `address`, or null. */
export function refusalOf(key: KeyRecord, address: string, now: Date): Refusal | null {
  if (key.revokedAt) return "revoked";
  if (key.expiresAt && key.expiresAt <= now) return "expired";
  // This comes before frozen and paused, since a key that works again does not bring its old secret back.
  if (key.retiresAt && key.retiresAt <= now) return "retired";
  if (key.frozenAt) return "frozen";
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
