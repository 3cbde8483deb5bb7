import {
  type Habit,
  HOURS_OF_DAY,
  HOURS_OF_WEEK,
  type HourTotals,
  hourNumber,
  hourOfWeek,
} from "@/lib/access/findings/habits/habit";
import { type Spread, shrunk, spreadOf } from "@/lib/access/findings/habits/robust";
import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";

/** The days that a habit is learned from. They are five weeks, so they hold each hour of the week five times. */
export const LEARNED_DAYS = 35;

/** An hour counts as usual up to this many standard deviations above its median. */
const SIGMAS = 3;
/** The same hour of other days weighs as much as this many weeks. */
const LIKE_WEEKS = 2;
/** A key usually calls in an hour of the week if it did so in this share of the weeks. */
const USUALLY = 0.75;

/** A stretch of time. */
export type Stretch = { from: Date; to: Date };

/**
 * The habit of a key, from its hours with calls in the five weeks before `now`. It ends with the last call, so that a
 * key does not get used to its own silence. Hours in `without` are left out: they were unusual, and nobody said that
 * they are meant to be so. Null where there are no hours. Reads no clock and no database.
 */
export function learnHabit(
  hours: readonly HourTotals[],
  without: readonly Stretch[],
  now: Date,
): Habit | null {
  const earliest = later(now, -LEARNED_DAYS * DAY_MS);
  const known = hours.filter(
    ({ hour }) =>
      hour >= earliest && !without.some(({ from, to }) => hour >= startOfHour(from) && hour < to),
  );
  const numbers = known.map(({ hour }) => hourNumber(hour));
  if (numbers.length === 0) return null;
  const first = Math.min(...numbers);
  const length = Math.max(...numbers) - first + 1;
  const since = new Date(first * HOUR_MS);
  const series = (of: (hour: HourTotals) => number) => {
    const values = new Array<number>(length).fill(0);
    for (const hour of known) values[hourNumber(hour.hour) - first] = of(hour);
    return values;
  };
  const calls = series((hour) => hour.calls);
  const contactsRead = series((hour) => hour.contactsRead);
  const notFound = series((hour) => hour.notFound);
  const active = activeHours(calls, hourOfWeek(since));
  return {
    since,
    until: later(since, length * HOUR_MS),
    calls: { upper: upperOf(calls, hourOfWeek(since)), top: secondTop(calls, hourOfWeek(since)) },
    contactsRead: {
      upper: upperOf(contactsRead, hourOfWeek(since)),
      top: Math.max(...contactsRead),
    },
    refusedRoutesTop: Math.max(...series((hour) => hour.refusedRoutes)),
    notFoundTop: Math.max(...notFound),
    notFoundShare: sum(notFound) / Math.max(sum(calls), 1),
    active,
    missedTop: longestMissed(calls, active, hourOfWeek(since)),
  };
}

/**
 * The most that is usual in each hour of the week. Each hour stands for the busiest of itself and its two neighbours: a
 * job that runs every night is not always on time, and it moves by an hour when the clocks change. Hours of the week
 * are drawn towards the same hour of all working days or of the weekend, since five weeks are few.
 */
function upperOf(values: readonly number[], firstHour: number): number[] {
  const busiest = values.map((value, at) =>
    Math.max(values[at - 1] ?? 0, value, values[at + 1] ?? 0),
  );
  const own = grouped(busiest, (at) => (firstHour + at) % HOURS_OF_WEEK);
  const like = grouped(busiest, (at) => likeHour((firstHour + at) % HOURS_OF_WEEK));
  const likeSpreads = new Map([...like].map(([hour, of]) => [hour, spreadOf(of)]));
  const none: Spread = { median: 0, sigma: 0 };
  return Array.from({ length: HOURS_OF_WEEK }, (_, hour) => {
    const weeks = own.get(hour) ?? [];
    const alike = likeSpreads.get(likeHour(hour)) ?? none;
    const { median, sigma } = shrunk(spreadOf(weeks), weeks.length, alike, LIKE_WEEKS);
    return Math.round(median + SIGMAS * sigma);
  });
}

/**
 * The busiest hour of all UTC days except the busiest day, so that one day of sales does not hide a loop on the next.
 */
function secondTop(values: readonly number[], firstHour: number): number {
  const days = grouped(values, (at) => Math.floor((firstHour + at) / HOURS_OF_DAY));
  const tops = [...days.values()].map((of) => Math.max(...of)).sort((one, other) => other - one);
  return tops[1] ?? tops[0] ?? 0;
}

/** The hours of the week in which there were calls in three weeks of four. */
function activeHours(calls: readonly number[], firstHour: number): boolean[] {
  const weeks = grouped(calls, (at) => (firstHour + at) % HOURS_OF_WEEK);
  return Array.from({ length: HOURS_OF_WEEK }, (_, hour) => {
    const of = weeks.get(hour) ?? [];
    return of.length > 1 && of.filter((count) => count > 0).length / of.length >= USUALLY;
  });
}

function longestMissed(
  calls: readonly number[],
  active: readonly boolean[],
  firstHour: number,
): number {
  let longest = 0;
  let missed = 0;
  for (const [at, count] of calls.entries()) {
    if (count > 0) missed = 0;
    else if (active[(firstHour + at) % HOURS_OF_WEEK]) missed += 1;
    longest = Math.max(longest, missed);
  }
  return longest;
}

/** The hour of the day, counted separately for working days and weekends. */
function likeHour(hourOfWeek: number): number {
  const day = Math.floor(hourOfWeek / HOURS_OF_DAY);
  const isWeekend = day === 0 || day === 6;
  return (hourOfWeek % HOURS_OF_DAY) + (isWeekend ? HOURS_OF_DAY : 0);
}

function grouped(
  values: readonly number[],
  groupOf: (at: number) => number,
): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const [at, value] of values.entries()) {
    const group = groupOf(at);
    const others = groups.get(group);
    if (others) others.push(value);
    else groups.set(group, [value]);
  }
  return groups;
}

function startOfHour(at: Date): Date {
  return new Date(hourNumber(at) * HOUR_MS);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
