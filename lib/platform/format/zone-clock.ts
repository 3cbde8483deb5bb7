import { exactUtc } from "@/lib/platform/format/time";

/** A minute on the clock of a zone and in UTC: "Sun 28 Mar 2027, 01:59 CET = 00:59 UTC". */
export function instantInWords(at: Date, timeZone: string): string {
  const there = inZone(at, timeZone);
  // A reader in UTC need not be told twice.
  if (there.endsWith(" UTC")) return there;
  const utc = exactUtc(at).replace(/:\d\d UTC$/, " UTC");
  const isSameDay = there.includes(utc.slice(0, utc.indexOf(",")));
  return `${there} = ${isSameDay ? utc.slice(utc.indexOf(",") + 2) : utc}`;
}

/** The day that the calendar of a zone shows at an instant, as midnight UTC, for words such as `shortDate`. */
export function dayInZone(timeZone: string, at: Date): Date {
  // Swedes write dates as ISO 8601 does.
  return new Date(new Intl.DateTimeFormat("sv-SE", { timeZone }).format(at));
}

function inZone(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  const month = part("month").slice(0, 3);
  return `${part("weekday")} ${part("day")} ${month} ${part("year")}, ${part("hour")}:${part("minute")} ${part("timeZoneName")}`;
}
