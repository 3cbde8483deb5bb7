/**
 * The present moment. Read it only where a request enters (an action, a page, the gate's door, a job) and
 * hand it on as an argument, so that tests can say what time it is.
 */
export function now(): Date {
  return new Date();
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The instant `durationMs` after `at`. */
export function later(at: Date, durationMs: number): Date {
  return new Date(at.getTime() + durationMs);
}

/** The start of the period of `lengthMs` that `at` lies in, counted from 1970: of its UTC hour or day. */
export function startOf(at: Date, lengthMs: number): Date {
  return new Date(Math.floor(at.getTime() / lengthMs) * lengthMs);
}
