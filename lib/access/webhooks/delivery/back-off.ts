import { PATIENCE_DAYS } from "@/lib/access/webhooks/webhook/limits";
import { DAY_MS, HOUR_MS, later, MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";

/** The waits between the tries of one event, the last of them again and again: close together, then hours apart. */
const WAITS_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
];
/** From this many failed rounds in a row on, a webhook rests before the next. */
const RESTS_FROM = 3;
const REST_MS = MINUTE_MS;

/** When an event is tried again after its `tries`-th failed try at `now`. */
export function nextTry(tries: number, now: Date): Date {
  const wait = WAITS_MS[Math.min(tries, WAITS_MS.length) - 1] ?? 0;
  return later(now, wait);
}

/**
 * Until when a webhook rests after this many failed rounds in a row; null while it need not. A minute at most: a receiver
 * that was away gets what it missed soon after it is back, and one that stays away costs a message a minute.
 */
export function restAfter(failures: number, now: Date): Date | null {
  return failures < RESTS_FROM ? null : later(now, REST_MS);
}

/** Whether a webhook had rested, so that what waits should not wait any longer now that it answers. */
export function hadRested(failures: number): boolean {
  return failures >= RESTS_FROM;
}

/** Whether something that has failed since `since` has failed for as long as anybody waits. */
export function isHopeless(since: Date | null, now: Date): boolean {
  return since !== null && since <= later(now, -PATIENCE_DAYS * DAY_MS);
}
