import { DAY_MS, HOUR_MS, later, startOf } from "@/lib/platform/clock";
import type { NoticePace } from "@/prisma/generated/enums";

/** The hour of the day, in UTC, at which digests go out. */
const DIGEST_HOUR = 7;
const MONDAY = 1;

/** When a member who is mailed at this pace gets the next mail, if it is `now`. */
export function nextMailAt(pace: NoticePace, now: Date): Date {
  if (pace === "at_once") return now;
  const today = later(startOf(now, DAY_MS), DIGEST_HOUR * HOUR_MS);
  let at = today > now ? today : later(today, DAY_MS);
  while (pace === "weekly" && at.getUTCDay() !== MONDAY) at = later(at, DAY_MS);
  return at;
}
