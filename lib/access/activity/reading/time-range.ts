import type { ActivityQuery } from "@/lib/access/activity/schema";
import { DAY_MS, HOUR_MS, later, startOf } from "@/lib/platform/clock";

/** The time from an instant on and before another. An open end is undefined. */
export type Times = { from: Date | undefined; to: Date | undefined };

/** The times that `query` asks for at `now`: those of its named range, else its own. */
export function timesOf(
  { range, from, to }: Pick<ActivityQuery, "range" | "from" | "to">,
  now: Date,
): Times {
  const today = startOf(now, DAY_MS);
  switch (range) {
    case "hour":
      return { from: later(now, -HOUR_MS), to: undefined };
    case "day":
      return { from: later(now, -DAY_MS), to: undefined };
    case "yesterday":
      return { from: later(today, -DAY_MS), to: today };
    case "week":
      return { from: later(now, -7 * DAY_MS), to: undefined };
    case undefined:
      return { from, to };
  }
}
