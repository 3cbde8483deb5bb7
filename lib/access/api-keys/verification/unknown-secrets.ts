import { RateLimiterMemory } from "rate-limiter-flexible";
import { networkOf } from "@/lib/platform/address-blocks";
import { MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";
import { processWide } from "@/lib/platform/process-wide";

/** The secrets that nobody has and that one network may try in a minute. A program that makes a mistake tries one. */
export const UNKNOWN_SECRETS_A_MINUTE = 120;
const WINDOW_SECONDS = MINUTE_MS / SECOND_MS;

/**
 * Counts a look-up of a secret that this process has not seen yet, before the database is asked. Returns the
 * seconds to wait where `address` has looked up too many, else null.
 */
export async function countUnseenSecret(address: string): Promise<number | null> {
  const { consumedPoints, msBeforeNext } = await limiter().penalty(networkOf(address));
  if (consumedPoints <= UNKNOWN_SECRETS_A_MINUTE) return null;
  return Math.max(Math.ceil(msBeforeNext / SECOND_MS), 1);
}

/** Takes the count of a look-up back: the secret exists. So a server with many keys is not held up. */
export async function forgiveUnseenSecret(address: string): Promise<void> {
  await limiter().reward(networkOf(address));
}

function limiter(): RateLimiterMemory {
  return processWide(
    "unknown-secrets",
    () => new RateLimiterMemory({ points: UNKNOWN_SECRETS_A_MINUTE, duration: WINDOW_SECONDS }),
  );
}
