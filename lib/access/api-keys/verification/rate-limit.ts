import { RateLimiterMemory } from "rate-limiter-flexible";
import { processWide } from "@/lib/platform/process-wide";

/** The length of the window in which a key's calls are counted. */
export const WINDOW_SECONDS = 60;

/** A key's window after the call that was just counted. */
export type RateState = {
  limit: number;
  remaining: number;
  resetSeconds: number;
  exceeded: boolean;
};

/**
 * Counts one call of a key and returns the state of its window. The limit is compared here and not in the
 * limiter, so that a changed limit holds from the next call on.
 */
export async function countCall(keyId: string, limit: number): Promise<RateState> {
  const { consumedPoints, msBeforeNext } = await limiter().consume(keyId);
  return {
    limit,
    remaining: Math.max(limit - consumedPoints, 0),
    resetSeconds: Math.max(Math.ceil(msBeforeNext / 1_000), 1),
    exceeded: consumedPoints > limit,
  };
}

function limiter(): RateLimiterMemory {
  return processWide(
    "rate-limiter",
    () => new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: WINDOW_SECONDS }),
  );
}
