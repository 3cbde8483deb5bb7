import { LRUCache } from "lru-cache";
import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import { SECOND_MS } from "@/lib/platform/clock";
import { isEmbeddedDatabase, pool } from "@/lib/platform/database/pool";
import type { Hearing } from "@/lib/platform/hearing";
import { processWide } from "@/lib/platform/process-wide";
import { tellByRedis } from "@/lib/platform/redis/tell";

/**
 * The time an entry is used. A change ends it at once: in this process by `forgetKey`, in others by what they hear of it.
 * This is for the process that hears nothing.
 */
const FRESH_MS = SECOND_MS;
/** Enough for every key in use. Guessed secrets push the oldest entries out, so memory stays bounded. */
const MAX_ENTRIES = 20_000;

/** The database's answer for a hash: a key, or null for none. Verdicts are not kept: they change with time. */
type Entry = { found: KeyRecord | null; readAtMs: number };

/** The reading time of an entry that must not be used any more. */
const LONG_AGO = Number.NEGATIVE_INFINITY;

type VerifyCache = {
  entries: LRUCache<string, Entry>;
  /** Look-ups without an answer yet: others that ask for the same hash share it. */
  underWay: Map<string, Promise<KeyRecord | null>>;
  /** Raised whenever a key is forgotten. A look-up that began before is answered, but not kept. */
  generation: number;
};

/** Reads what the database knows of a hash. */
export type LoadKey = (hash: string) => Promise<KeyRecord | null>;

/** Makes this process forget the keys that another one changes, and all of them where it may have missed a change. */
export const keyChanges: Hearing = {
  channel: "key_changed",
  hear: (keyIds) => forgetKeys(new Set(keyIds)),
  missed: forgetAllKeys,
};

/**
 * Makes the next request with any secret of this key read the database again, even while a look-up is under
 * way. Call it after every committed change of a key. The database tells other processes with the commit, and Redis tells
 * them too, where there is one.
 */
export function forgetKey(keyId: string): void {
  forgetKeys(new Set([keyId]));
  tellByRedis(keyChanges.channel, keyId);
}

function forgetKeys(keyIds: ReadonlySet<string>): void {
  const cache = verifyCache();
  invalidateLookUps(cache);
  for (const entry of cache.entries.values()) {
    if (entry.found && keyIds.has(entry.found.keyId)) entry.readAtMs = LONG_AGO;
  }
}

function forgetAllKeys(): void {
  const cache = verifyCache();
  invalidateLookUps(cache);
  for (const entry of cache.entries.values()) entry.readAtMs = LONG_AGO;
}

/** The database's answer for `hash` if it is fresh at `now`; undefined when the database has to be asked. */
export function rememberedKey(hash: string, now: Date): KeyRecord | null | undefined {
  const entry = verifyCache().entries.get(hash);
  if (!entry) return undefined;
  const ageMs = now.getTime() - entry.readAtMs;
  return ageMs >= 0 && ageMs < FRESH_MS ? entry.found : undefined;
}

/**
 * The key of a hash, however long ago it was read, where nobody else can have changed it since: this process alone has
 * the embedded database open, and forgets what it changes. Undefined where the database has to be asked.
 */
export function stillKnownKey(hash: string): KeyRecord | undefined {
  const entry = isEmbeddedDatabase() ? verifyCache().entries.get(hash) : undefined;
  return entry && entry.readAtMs !== LONG_AGO ? (entry.found ?? undefined) : undefined;
}

/**
 * The key that `hash` last belonged to, however long ago, or null. It is for recording a call while the
 * database is away, never for letting one in.
 */
export function lastKnownKey(hash: string): KeyRecord | null {
  return verifyCache().entries.get(hash)?.found ?? null;
}

/**
 * Asks the database once for all requests that want `hash` right now, and keeps the answer. When a key was
 * forgotten meanwhile, the answer may be older than the change: it is read again and not kept.
 */
export async function lookUpKey(hash: string, load: LoadKey, now: Date): Promise<KeyRecord | null> {
  const cache = verifyCache();
  const { generation } = cache;
  const found = await (cache.underWay.get(hash) ?? begin(cache, hash, load, now));
  return cache.generation === generation ? found : await load(hash);
}

function begin(
  cache: VerifyCache,
  hash: string,
  load: LoadKey,
  now: Date,
): Promise<KeyRecord | null> {
  const { generation } = cache;
  const answer = load(hash)
    .then((found) => {
      if (cache.generation === generation) {
        cache.entries.set(hash, { found, readAtMs: now.getTime() });
      }
      return found;
    })
    .finally(() => {
      if (cache.underWay.get(hash) === answer) cache.underWay.delete(hash);
    });
  cache.underWay.set(hash, answer);
  return answer;
}

function verifyCache(): VerifyCache {
  return processWide("verify-cache", () => {
    const cache: VerifyCache = {
      entries: new LRUCache({ max: MAX_ENTRIES }),
      underWay: new Map(),
      generation: 0,
    };
    // When the database dies, keyed calls stop at once, not only when the cached answers are stale.
    pool().on("error", forgetAllKeys);
    return cache;
  });
}

function invalidateLookUps(cache: VerifyCache): void {
  cache.generation += 1;
  cache.underWay.clear();
}
