"use client";

import { instantInWords } from "@/lib/platform/format/zone-clock";
import { useTimeZone } from "./use-time-zone";

/** Repeats an instant that a form makes of a choice, such as the end of a day, on the reader's clock and in UTC. */
export function ChosenInstant({ at }: { at: Date }) {
  return <>{instantInWords(at, useTimeZone())}</>;
}
