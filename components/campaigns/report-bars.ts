import type { CampaignHour } from "@/lib/mail/campaigns/report";
import { DAY_MS, HOUR_MS, startOf } from "@/lib/platform/clock";
import { longDate } from "@/lib/platform/format/time";

/** The opens and clicks of one hour or day; `label` says which, in full. */
export type ReportBar = { label: string; opens: number; clicks: number };

/** The longest span in hours that is shown by hour. A longer one is shown by day. */
const HOURS_MAX = 48;
const BARS_MIN = 12;

/**
 * A campaign's hours as bars without gaps, oldest first: by hour for two days, else by day. Few bars begin
 * earlier, never later: the time to come is not empty but unknown.
 */
export function barsOf(hours: readonly CampaignHour[]): {
  unit: "Hour" | "Day";
  bars: ReportBar[];
} {
  const first = hours[0]?.hour.getTime();
  const last = hours.at(-1)?.hour.getTime();
  if (first === undefined || last === undefined) return { unit: "Hour", bars: [] };
  const byHour = (last - first) / HOUR_MS < HOURS_MAX;
  const step = byHour ? HOUR_MS : DAY_MS;
  const firstBar = startOf(new Date(first), step).getTime();
  const lastBar = startOf(new Date(last), step).getTime();
  const from = Math.min(firstBar, lastBar - (BARS_MIN - 1) * step);
  const count = (lastBar - from) / step + 1;
  const bars = Array.from({ length: count }, (_, at) => {
    return { label: labelOf(new Date(from + at * step), byHour), opens: 0, clicks: 0 };
  });
  for (const { hour, opens, clicks } of hours) {
    const bar = bars[Math.floor((hour.getTime() - from) / step)];
    if (!bar) continue;
    bar.opens += opens;
    bar.clicks += clicks;
  }
  return { unit: byHour ? "Hour" : "Day", bars };
}

function labelOf(at: Date, byHour: boolean): string {
  return byHour ? `${longDate(at)}, ${at.toISOString().slice(11, 16)}` : longDate(at);
}
