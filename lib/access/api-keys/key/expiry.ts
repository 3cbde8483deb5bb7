import { LONGEST_GRACE_DAYS } from "@/lib/access/api-keys/key/limits";
import type { Expiry, Grace } from "@/lib/access/api-keys/key/schema";
import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";
import { invalidFields, ok, type Result } from "@/lib/platform/result";

/** The two columns of an expiry: the instant, and the number of days, which starts again at a rotation. */
export type StoredExpiry = { expiryDays: number | null; expiresAt: Date | null };

const LAST_INSTANT_OF_DAY = "T23:59:59.999Z";

/** `expiryFrom`, but fails with `validation_error` for an expiry that is not after `now`. */
export function startExpiry(expiry: Expiry, now: Date): Result<StoredExpiry, "validation_error"> {
  const stored = expiryFrom(expiry, now);
  if (!stored.expiresAt || stored.expiresAt > now) return ok(stored);
  return invalidFields({ "expiry.date": ["Choose a day that is not over yet."] });
}

/** The columns for `expiry` when it starts at `now`. A chosen date lasts to the end of that day in UTC. */
export function expiryFrom(expiry: Expiry, now: Date): StoredExpiry {
  if (expiry.kind === "never") return { expiryDays: null, expiresAt: null };
  if (expiry.kind === "days") {
    return { expiryDays: expiry.days, expiresAt: later(now, expiry.days * DAY_MS) };
  }
  return { expiryDays: null, expiresAt: new Date(expiry.date + LAST_INSTANT_OF_DAY) };
}

/** The expiry after a rotation: a number of days starts again, a date or "never" stays. */
export function renewedExpiry(stored: StoredExpiry, now: Date): StoredExpiry {
  if (stored.expiryDays === null) return stored;
  return { ...stored, expiresAt: later(now, stored.expiryDays * DAY_MS) };
}

/**
 * The end of the old secret of a rotation: after the grace, but never after the key's expiry before the rotation.
 * A secret with five minutes left gets five minutes, whatever the grace.
 */
export function retirement(grace: Grace, oldExpiresAt: Date | null, now: Date): Date {
  const end = graceEnd(grace, now);
  return oldExpiresAt && oldExpiresAt < end ? oldExpiresAt : end;
}

/**
 * The latest end that an old secret can get at `now`: 30 days ahead, and never past the expiry it had when it
 * was rotated (null for none).
 */
export function latestRetirement(oldExpiresAt: Date | null, now: Date): Date {
  const longest = later(now, LONGEST_GRACE_DAYS * DAY_MS);
  return oldExpiresAt && oldExpiresAt < longest ? oldExpiresAt : longest;
}

function graceEnd(grace: Grace, now: Date): Date {
  switch (grace.kind) {
    case "immediately":
      return now;
    case "1h":
      return later(now, HOUR_MS);
    case "24h":
      return later(now, DAY_MS);
    case "7d":
      return later(now, 7 * DAY_MS);
    case "custom":
      return grace.until;
  }
}
