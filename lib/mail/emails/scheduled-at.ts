import { z } from "zod";
import { DAY_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import { type Failure, invalidFields } from "@/lib/platform/result";

const AHEAD_MAX_DAYS = 365;
/** The most a time may be past: the caller's clock may be slow, and a request takes a moment to arrive. */
const LATE_MAX_MS = MINUTE_MS;

/** The time at which an email is to go out. `refuseTime` checks it against the clock. */
export const scheduledAt = z.iso
  .datetime({
    offset: true,
    error:
      "Use a time such as 2026-11-23T14:03:00Z. Words such as “in 5 minutes” are not understood.",
  })
  .transform((text) => new Date(text))
  .meta({ description: "A time in the future, at most a year ahead." });

/** The failure for a time that is past or too far ahead; null for a time that an email can wait for. */
export function refuseTime(at: Date, now: Date): Failure<"validation_error"> | null {
  if (at >= later(now, -LATE_MAX_MS) && at <= later(now, AHEAD_MAX_DAYS * DAY_MS)) return null;
  return invalidFields({ scheduled_at: ["Use a time in the future, at most a year ahead."] });
}
