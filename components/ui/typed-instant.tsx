"use client";

import { instantInWords, typedInWords } from "@/lib/platform/format/typed-time";
import { useTimeZone } from "./use-time-zone";

/** Repeats a time as it is understood, on the reader's clock and in UTC, before anything is done with it. */
export function TypedInstant({ text }: { text: string }) {
  return (
    <p aria-live="polite" className="mt-1.5 text-ink-2 text-xs empty:hidden">
      {typedInWords(text, useTimeZone())}
    </p>
  );
}

/** The same for an instant that the form makes of what is chosen, such as the end of a day. */
export function ChosenInstant({ at }: { at: Date }) {
  return <>{instantInWords(at, useTimeZone())}</>;
}
