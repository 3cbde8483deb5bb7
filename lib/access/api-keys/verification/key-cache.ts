import { LRUCache } from "lru-cache";
import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import { SECOND_MS } from "@/lib/platform/clock";
import { pool } from "@/lib/platform/database/db";
import { processWide } from "@/lib/platform/process-wide";

/** How long another process may go on believing what it read; in this one `forgetKey` is at once. */
const FRESH_MS = SECOND_MS;
/** Enough for every key in use; strangers' guesses push the oldest entries out, never memory up. */
const MAX_ENTRIES = 20_000;

/** What the database said of a hash: a key, or that there is none. Never a verdict: time decides those. */
type Entry = { found: KeyRecord | null; readAtMs: number };

/** When an entry was read that must not be believed any more. */
const LONG_AGO = Number.NEGATIVE_INFINITY;

type VerifyCache = {
  entries: LRUCache<string, Entry>;
  /** Look-ups that have not answered yet: who asks for the same hash meanwhile shares the answer. */
  underWay: Map<string, Promise<KeyRecord | null>>;
  /** Raised by every forgetting: what was asked for before it is answered, but not kept. */
  generation: number;
};

/** Reads what the database knows of a hash. */
export type LoadKey = (hash: string) => Promise<KeyRecord | null>;

/**
 * Makes the next request with any secret of this key read the database again, also when a look-up is
 * under way. Call it after every committed change of a key.
 */
export function forgetKey(keyId: string): void {
  const cache = verifyCache();
  invalidateLookUps(cache);
  for (const entry of cache.entries.values()) {
    if (entry.found?.keyId === keyId) entry.readAtMs = LONG_AGO;
  }
}

/** What is known of `hash` and fresh at `now`; undefined when the database has to be asked. */
export function rememberedKey(hash: string, now: Date): KeyRecord | null | undefined {
  const entry = verifyCache().entries.get(hash);
  if (!entry) return undefined;
  const ageMs = now.getTime() - entry.readAtMs;
  return ageMs >= 0 && ageMs < FRESH_MS ? entry.found : undefined;
}

/**
 * Whose `hash` was when the database last said so, however long ago: to put on record a call that nobody can
 * judge, never to let one in. Null when that is not known.
 */
export function lastKnownKey(hash: string): KeyRecord | null {
  return verifyCache().entries.get(hash)?.found ?? null;
}

/**
 * Asks the database once for everybody who wants `hash` right now, and remembers the answer. When a key
 * was forgotten meanwhile the answer may be from before the change: it is read anew and not remembered.
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
    // A dead database stops every keyed call at once, not only when what was read from it is stale.
    pool().on("error", () => {
      invalidateLookUps(cache);
      for (const entry of cache.entries.values()) entry.readAtMs = LONG_AGO;
    });
    return cache;
  });
}

function invalidateLookUps(cache: VerifyCache): void {
  cache.generation += 1;
  cache.underWay.clear();
}
