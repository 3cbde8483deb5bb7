import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** How long ago or ahead `at` is: "just now", "12 s ago", "2 min ago", "yesterday", "in 6 days". */
export function relativeTime(at: Date, now: Date): string {
  const distanceMs = now.getTime() - at.getTime();
  if (Math.abs(distanceMs) < 5 * SECOND_MS) return "just now";
  if (Math.abs(distanceMs) >= DAY_MS) return inDays(Math.round(distanceMs / DAY_MS));
  const length = formatDuration(Math.abs(distanceMs));
  return distanceMs > 0 ? `${length} ago` : `in ${length}`;
}

function inDays(daysAgo: number): string {
  if (daysAgo === 1) return "yesterday";
  if (daysAgo === -1) return "tomorrow";
  return daysAgo > 0 ? `${daysAgo} days ago` : `in ${-daysAgo} days`;
}

/**
 * How long it is until `at` in the two largest units, to the nearest of the smaller: "6 days 3 h",
 * "21 h 14 min", "under a minute".
 */
export function timeLeft(at: Date, now: Date): string {
  const leftMs = at.getTime() - now.getTime();
  if (leftMs < MINUTE_MS) return "under a minute";
  const unit = leftMs < DAY_MS ? MINUTE_MS : HOUR_MS;
  const rounded = Math.round(leftMs / unit) * unit;
  const days = Math.floor(rounded / DAY_MS);
  const hours = Math.floor((rounded % DAY_MS) / HOUR_MS);
  const minutes = Math.floor((rounded % HOUR_MS) / MINUTE_MS);
  return [
    days > 0 && (days === 1 ? "1 day" : `${days} days`),
    hours > 0 && `${hours} h`,
    minutes > 0 && `${minutes} min`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** A length of time by its largest unit, rounded down: "840 ms", "12 s", "2 min", "21 h", "6 days". */
export function formatDuration(durationMs: number): string {
  if (durationMs < SECOND_MS) return `${Math.round(durationMs)} ms`;
  if (durationMs < MINUTE_MS) return `${Math.floor(durationMs / SECOND_MS)} s`;
  if (durationMs < HOUR_MS) return `${Math.floor(durationMs / MINUTE_MS)} min`;
  if (durationMs < DAY_MS) return `${Math.floor(durationMs / HOUR_MS)} h`;
  const days = Math.floor(durationMs / DAY_MS);
  return days === 1 ? "1 day" : `${days} days`;
}

/** A day in UTC, for lists: "21 Feb 2027". */
export function shortDate(at: Date): string {
  return `${at.getUTCDate()} ${monthOf(at).slice(0, 3)} ${at.getUTCFullYear()}`;
}

/** A day in UTC, for sentences: "21 February 2027". */
export function longDate(at: Date): string {
  return `${at.getUTCDate()} ${monthOf(at)} ${at.getUTCFullYear()}`;
}

/** A minute in UTC, for sentences: "21 February 2027, 12:00 UTC". */
export function longInstant(at: Date): string {
  return `${longDate(at)}, ${at.toISOString().slice(11, 16)} UTC`;
}

/** The exact second in UTC: "23 Nov 2026, 14:02:40 UTC". */
export function exactUtc(at: Date): string {
  return `${shortDate(at)}, ${at.toISOString().slice(11, 19)} UTC`;
}

/** The same second on the clock of the browser this runs in, with its zone. */
export function exactLocal(at: Date): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  }).format(at);
}

function monthOf(at: Date): string {
  return MONTHS[at.getUTCMonth()] ?? "";
}
