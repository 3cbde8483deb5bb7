"use client";

import { typedInWords } from "@/lib/platform/format/typed-time";
import { useTimeZone } from "./use-time-zone";

/** Repeats a time as it is understood, on the reader's clock and in UTC, before anything is done with it. */
export function TypedInstant({ text }: { text: string }) {
  return (
    <p aria-live="polite" className="mt-1.5 text-ink-2 text-xs empty:hidden">
      {typedInWords(text, useTimeZone())}
    </p>
  );
}
