import type { Clock } from "./use-clock";

/** The hour of an instant to the second: "14:02:51". */
export function secondOf(at: Date, clock: Clock): string {
  return formatted(at, clock, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

/** An instant to the minute, with its day where that is not today: "14:02", "22 Nov 14:02". */
export function minuteOf(at: Date, now: Date, clock: Clock): string {
  const time = formatted(at, clock, { hour: "2-digit", minute: "2-digit" });
  return dayOf(at, clock) === dayOf(now, clock) ? time : `${shortDay(at, clock)} ${time}`;
}

/** An instant to the millisecond: "23 Nov 2026, 14:02:40.118 UTC". */
export function exactInstant(at: Date, clock: Clock): string {
  const day = formatted(at, clock, { day: "numeric", month: "short", year: "numeric" });
  const time = formatted(at, clock, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
  });
  return `${day}, ${time} ${zoneOf(at, clock)}`;
}

/** The day of an instant, for a heading: "Today, 29 November", "28 November 2026". */
export function dayHeading(at: Date, now: Date, clock: Clock): string {
  const day = formatted(at, clock, { day: "numeric", month: "long" });
  if (dayOf(at, clock) === dayOf(now, clock)) return `Today, ${day}`;
  return `${day} ${formatted(at, clock, { year: "numeric" })}`;
}

/** The day of an instant by this clock: the same text for all instants of one day. */
export function dayOf(at: Date, clock: Clock): string {
  return formatted(at, clock, { day: "numeric", month: "numeric", year: "numeric" });
}

function shortDay(at: Date, clock: Clock): string {
  return formatted(at, clock, { day: "numeric", month: "short" });
}

function zoneOf(at: Date, clock: Clock): string {
  if (clock === "utc") return "UTC";
  const parts = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

function formatted(at: Date, clock: Clock, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("en-GB", {
    hourCycle: "h23",
    ...options,
    ...(clock === "utc" && { timeZone: "UTC" }),
  }).format(at);
}
