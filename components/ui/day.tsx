"use client";

import { shortDate } from "@/lib/platform/format/time";
import { dayInZone } from "@/lib/platform/format/zone-clock";
import { useTimeZone } from "./use-time-zone";

/** The day of an instant on the reader's calendar: "21 Feb 2027". */
export function Day({ at }: { at: Date }) {
  return <>{shortDate(dayInZone(useTimeZone(), at))}</>;
}
