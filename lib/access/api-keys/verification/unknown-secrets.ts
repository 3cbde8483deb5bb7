import { networkOf } from "@/lib/platform/address-blocks";
import { SECOND_MS } from "@/lib/platform/clock";
import { type MinuteCounter, minuteCounter } from "@/lib/platform/counting/window-counter";
import { processWide } from "@/lib/platform/process-wide";

/** The secrets that nobody has and that one network may try in a minute. A program that makes a mistake tries one. */
export const UNKNOWN_SECRETS_A_MINUTE = 120;

/**
 * Counts a look-up of a secret that this process has not seen yet, before the database is asked. Returns the
 * seconds to wait where `address` has looked up too many, else null.
 */
export async function countUnseenSecret(address: string): Promise<number | null> {
  const { consumedPoints, msBeforeNext } = await lookUps().count(networkOf(address));
  if (consumedPoints <= UNKNOWN_SECRETS_A_MINUTE) return null;
  return Math.max(Math.ceil(msBeforeNext / SECOND_MS), 1);
}

/** Takes the count of a look-up back: the secret exists. So a server with many keys is not held up. */
export async function forgiveUnseenSecret(address: string): Promise<void> {
  await lookUps().takeBack(networkOf(address));
}

function lookUps(): MinuteCounter {
  return processWide("unknown-secrets", () => minuteCounter("unknown-secrets"));
}
