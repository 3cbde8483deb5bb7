import { beginningOf } from "@/lib/access/api-keys/key/secret";
import { storeUnknownCalls } from "@/lib/access/findings/unknown-secrets/store-unknown-calls";
import type { UnknownHour } from "@/lib/access/findings/unknown-secrets/unknown-calls";
import { HOUR_MS, later, MINUTE_MS, startOf } from "@/lib/platform/clock";
import type { MadeKey } from "./activity";

/**
 * Calls of the last hour of the clock with secrets that no key has: a tool was set up with those of another Postern, and
 * somebody guesses at a key whose beginning they have seen.
 */
export async function sendUnknownSecrets(
  keys: readonly (MadeKey & { secret: string })[],
  now: Date,
): Promise<void> {
  const lastAt = later(startOf(now, HOUR_MS), -12 * MINUTE_MS);
  const hourOf = (name: string, calls: number, secrets: number): UnknownHour => {
    return { name, hour: startOf(lastAt, HOUR_MS), calls, secrets, lastAt };
  };
  const addresses = keys
    .filter(({ plan }) => plan.unusual === "wrong_secrets")
    .flatMap(({ plan }) => plan.callers.map(({ address }) => hourOf(address, 46, 4)));
  const beginnings = keys
    .filter(({ plan }) => plan.unusual === "guesses")
    .map(({ secret }) => hourOf(beginningOf(secret), 38, 38));
  await storeUnknownCalls({ addresses, beginnings }, now);
}
