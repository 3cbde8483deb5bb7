import { exactUtc, shortDate } from "@/lib/platform/format/time";
import { RelativeTime } from "./relative-time";
import { TIME } from "./time-attributes";

type TimeProps = { at: string | Date; mode?: "relative" | "left" | "exact" | "date" };

/**
 * An instant: relative, as the time left until it, exact or only its day (UTC) in the text; exact UTC and the
 * reader's own time on hover and focus.
 */
export function Time({ at, mode = "relative" }: TimeProps) {
  if (mode === "relative" || mode === "left") return <RelativeTime at={at} mode={mode} />;
  const instant = new Date(at);
  return (
    <time dateTime={instant.toISOString()} {...TIME}>
      {mode === "date" ? shortDate(instant) : exactUtc(instant)}
    </time>
  );
}
