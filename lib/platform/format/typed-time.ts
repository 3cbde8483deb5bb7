import { HOUR_MS } from "@/lib/platform/clock";
import { instantInWords } from "@/lib/platform/format/zone-clock";

/**
 * A date and time as somebody typed it ("2027-03-28T02:30") on the clock of a zone. Where clocks go forward it may
 * be `missing` and means the time an hour later; where they go back it may come `twice` and means the first.
 * Browsers read it the same way (ECMA-262, 21.4.1.26).
 */
export type TypedTime = { at: Date; oddity: "missing" | "twice" | null };

/** Reads a typed time on the clock of `timeZone`; null where it is not filled in. */
export function readTyped(text: string, timeZone: string): TypedTime | null {
  const asUtc = Date.parse(`${text}Z`);
  if (Number.isNaN(asUtc)) return null;
  // Clocks change at most once within a day, so the offsets of the day before and after are all there are.
  const [before, after] = [-24, 24].map((hours) => offsetMs(asUtc + hours * HOUR_MS, timeZone));
  const readings = [...new Set([before ?? 0, after ?? 0])].map((offset) => asUtc - offset);
  const right = readings.filter((at) => at + offsetMs(at, timeZone) === asUtc);
  const first = right.length > 0 ? Math.min(...right) : asUtc - (before ?? 0);
  const oddity = right.length === 0 ? "missing" : right.length === 2 ? "twice" : null;
  return { at: new Date(first), oddity };
}

/** A typed time as it is understood: "Sun 28 Mar 2027, 03:30 CEST = 01:30 UTC", and what is odd about it. */
export function typedInWords(text: string, timeZone: string): string {
  const typed = readTyped(text, timeZone);
  if (!typed) return "";
  const { at, oddity } = typed;
  const words = instantInWords(at, timeZone);
  if (oddity === "missing")
    return `${words}. Clocks go forward then: ${text.slice(11)} does not exist.`;
  if (oddity === "twice")
    return `${words}. Clocks go back then: the first of two ${text.slice(11)}.`;
  return words;
}

/** Milliseconds by which the clock of a zone is ahead of UTC at an instant, which is in milliseconds since 1970. */
function offsetMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return wall - Math.floor(at / 1_000) * 1_000;
}
