import { type MinuteCounter, minuteCounter } from "@/lib/platform/counting/window-counter";
import { processWide } from "@/lib/platform/process-wide";

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
  const { consumedPoints, msBeforeNext } = await calls().count(keyId);
  return {
    limit,
    remaining: Math.max(limit - consumedPoints, 0),
    resetSeconds: Math.max(Math.ceil(msBeforeNext / 1_000), 1),
    exceeded: consumedPoints > limit,
  };
}

function calls(): MinuteCounter {
  return processWide("rate-limiter", () => minuteCounter("calls"));
}
