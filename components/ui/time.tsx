import { exactUtc } from "@/lib/platform/format/time";
import { Day } from "./day";
import { RelativeTime } from "./relative-time";
import { TIME } from "./time-attributes";

type TimeProps = { at: string | Date; mode?: "relative" | "left" | "exact" | "date" };

/**
 * An instant: relative, as the time left until it, exact or only the reader's day in the text; exact UTC and the
 * reader's own time on hover and focus.
 */
export function Time({ at, mode = "relative" }: TimeProps) {
  if (mode === "relative" || mode === "left") return <RelativeTime at={at} mode={mode} />;
  const instant = new Date(at);
  return (
    <time dateTime={instant.toISOString()} {...TIME}>
      {mode === "date" ? <Day at={instant} /> : exactUtc(instant)}
    </time>
  );
}
