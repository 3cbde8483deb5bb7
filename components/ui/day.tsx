"use client";

import { shortDate } from "@/lib/platform/format/time";
import { onClockOf } from "@/lib/platform/format/typed-time";
import { useTimeZone } from "./use-time-zone";

/** The day of an instant on the reader's calendar: "21 Feb 2027". */
export function Day({ at }: { at: Date }) {
  return <>{shortDate(onClockOf(useTimeZone(), at))}</>;
}
