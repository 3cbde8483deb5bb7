import { beginningOf, hashSecret } from "@/lib/access/api-keys/key/secret";
import { storeUnknownCalls } from "@/lib/access/findings/unknown-secrets/store-unknown-calls";
import { UnknownCalls } from "@/lib/access/findings/unknown-secrets/unknown-calls";
import { now, SECOND_MS } from "@/lib/platform/clock";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";

/** The time for which calls gather before they are stored. A killed process loses at most these. */
const GATHER_MS = 10 * SECOND_MS;

type Noted = {
  /** The calls by the caller's IP address, and by the beginning of the secret. */
  byAddress: UnknownCalls;
  byBeginning: UnknownCalls;
  timer: NodeJS.Timeout | null;
  storing: Promise<void>;
};

/**
 * Counts a call with a secret that has the form of one, though no key has it. It costs such a call some microseconds,
 * and other calls nothing. What is about a key is stored within ten seconds; nothing else ever is.
 */
export function noteUnknownSecret(secret: string, address: string, at: Date): void {
  const { byAddress, byBeginning } = noted();
  const hash = hashSecret(secret);
  byAddress.count({ name: address, hash, at });
  byBeginning.count({ name: beginningOf(secret), hash, at });
  storeLater();
}

/** Stores what was noted so far. What the database does not take is stored later. */
export async function flushUnknownSecrets(): Promise<void> {
  const all = noted();
  if (all.timer) clearTimeout(all.timer);
  all.timer = null;
  all.storing = all.storing.then(() => store(all));
  await all.storing;
}

async function store({ byAddress, byBeginning }: Noted): Promise<void> {
  const waiting = { addresses: byAddress.waiting(), beginnings: byBeginning.waiting() };
  if (waiting.addresses.length === 0 && waiting.beginnings.length === 0) return;
  const at = now();
  try {
    const kept = await storeUnknownCalls(waiting, at);
    byAddress.settle(waiting.addresses, kept.addresses, at);
    byBeginning.settle(waiting.beginnings, kept.beginnings, at);
  } catch (error) {
    log.warn({ err: error }, "calls with unknown secrets could not be stored and will be later");
    storeLater();
  }
}

function storeLater(): void {
  const all = noted();
  all.timer ??= setTimeout(() => void flushUnknownSecrets(), GATHER_MS).unref();
}

function noted(): Noted {
  return processWide("noted-unknown-secrets", () => ({
    byAddress: new UnknownCalls(),
    byBeginning: new UnknownCalls(),
    timer: null,
    storing: Promise.resolve(),
  }));
}
