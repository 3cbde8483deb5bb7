import {
  type Habit,
  HOURS_OF_DAY,
  hourNumber,
  hourOfWeek,
} from "@/lib/access/findings/habits/habit";
import { type Judged, judged } from "@/lib/access/findings/judging/judged";
import type { KeyFacts } from "@/lib/access/findings/judging/key-facts";
import { UNUSED_DAYS } from "@/lib/access/findings/kind/limits";
import {
  AROUND_THE_CLOCK,
  IRREGULAR_HOURS,
  MISSED_DAYS,
  SETTLED_DAYS,
  SILENT_CLOCK_HOURS,
  SILENT_HOURS,
} from "@/lib/access/findings/kind/unusual-limits";
import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";

/**
 * A key that used to call, and has missed far more hours in a row than it ever did. Only hours count in which it
 * usually calls and in which Postern took calls. After 30 days it counts as not used instead. The degree is two at four
 * times the limit.
 */
export function judgeSilent(
  { lastUsedAt, use: { habit, awakeSince } }: Pick<KeyFacts, "lastUsedAt" | "use">,
  now: Date,
): Judged | null {
  if (!habit || !lastUsedAt) return null;
  if (habit.until.getTime() - habit.since.getTime() < SETTLED_DAYS * DAY_MS) return null;
  if (lastUsedAt <= later(now, -UNUSED_DAYS[0] * DAY_MS)) return null;
  const since = lastUsedAt > awakeSince ? lastUsedAt : awakeSince;
  if (later(since, SILENT_CLOCK_HOURS * HOUR_MS) > now) return null;
  const missed = missedHours(habit, since, now);
  const hoursOfDay = busiestDay(habit);
  const limit = limitOf(habit, hoursOfDay);
  if (missed < limit) return null;
  return judged("silent", "soon", missed >= 4 * limit ? 2 : 1, {
    lastUsedAt,
    missed,
    limit,
    hoursOfDay,
  });
}

/**
 * The missed hours from which on a key is silent. A key that never missed an hour is noticed sooner. A key that works
 * by day may take a holiday of two of its days.
 */
function limitOf({ missedTop }: Habit, hoursOfDay: number): number {
  const holiday = hoursOfDay < AROUND_THE_CLOCK ? MISSED_DAYS * hoursOfDay + 1 : 0;
  const irregular = missedTop > 0 ? IRREGULAR_HOURS : 0;
  return Math.max(SILENT_HOURS, 2 * missedTop + 1, irregular, holiday);
}

/** The whole hours after the hour of `since` in which the key usually calls. */
function missedHours({ active }: Habit, since: Date, now: Date): number {
  let missed = 0;
  for (let hour = hourNumber(since) + 1; hour < hourNumber(now); hour += 1) {
    if (active[hourOfWeek(new Date(hour * HOUR_MS))]) missed += 1;
  }
  return missed;
}

function busiestDay({ active }: Habit): number {
  let most = 0;
  for (let day = 0; day < active.length; day += HOURS_OF_DAY) {
    const hours = active.slice(day, day + HOURS_OF_DAY).filter((isActive) => isActive).length;
    most = Math.max(most, hours);
  }
  return most;
}
