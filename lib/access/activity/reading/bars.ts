import { timesOf } from "@/lib/access/activity/reading/time-range";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from "@/lib/platform/clock";

const MAX_BARS = 96;
/** The lengths of time that one bar can show. */
const BAR_LENGTHS_MS = [
  ...[1, 2, 5, 10].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 8, 12, 24].map((hours) => hours * HOUR_MS),
];

/** The calls in one bar that starts at `from` (ISO 8601). `refused` are those answered with 4xx or 5xx. */
export type CallBar = { from: string; succeeded: number; refused: number };

/** Empty bars over a range of time, at most 96, oldest first; `first` is the number of the oldest since 1970. */
export type EmptyBars = { from: Date; to: Date; barMs: number; first: number; bars: CallBar[] };

/** The bars for the times that `query` asks for at `now`. Without such times, they cover the last four days. */
export function emptyBars(
  query: Pick<ActivityQuery, "range" | "from" | "to">,
  now: Date,
): EmptyBars {
  const asked = timesOf(query, now);
  const to = asked.to && asked.to < now ? asked.to : now;
  const from = asked.from && asked.from < to ? asked.from : later(to, -(MAX_BARS - 1) * HOUR_MS);
  const barMs = barLength(to.getTime() - from.getTime());
  const first = Math.floor(from.getTime() / barMs);
  // A range that ends where a bar begins has nothing in that bar.
  const last = Math.floor((to.getTime() - 1) / barMs);
  const bars = Array.from({ length: last - first + 1 }, (_, at) => ({
    from: new Date((first + at) * barMs).toISOString(),
    succeeded: 0,
    refused: 0,
  }));
  return { from, to, barMs, first, bars };
}

/** The shortest bar with which `rangeMs` fits into 96 bars. A bar longer than a day is a whole number of days. */
function barLength(rangeMs: number): number {
  const fitting = BAR_LENGTHS_MS.find((length) => rangeMs / length <= MAX_BARS - 1);
  return fitting ?? Math.ceil(rangeMs / (MAX_BARS - 1) / DAY_MS) * DAY_MS;
}
