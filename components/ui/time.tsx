"use client";

import { useEffect, useState } from "react";
import { now } from "@/lib/platform/clock";
import { exactLocal, exactUtc, relativeTime, timeLeft } from "@/lib/platform/format/time";
import { Day } from "./day";
import { followSharedClock } from "./shared-clock";
import { Tooltip } from "./tooltip";

type Mode = "relative" | "left" | "exact" | "date";

type TimeProps = { at: string | Date; mode?: Mode };

/**
 * An instant: relative, as the time left until it, exact or only the reader's day in the text; exact UTC and the
 * reader's own time on hover and focus.
 */
export function Time({ at, mode = "relative" }: TimeProps) {
  const instant = new Date(at);
  const instantMs = instant.getTime();
  const [moment, setMoment] = useState(now);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new instant sets the shared clock.
  useEffect(() => {
    if (mode === "relative" || mode === "left") return followSharedClock(setMoment);
  }, [mode, instantMs]);

  return (
    <Tooltip content={<BothClocks at={instant} />}>
      {/* The server rendered a moment earlier than the browser takes over: its text may differ by a second. */}
      <time
        dateTime={instant.toISOString()}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time must be reachable without a pointer.
        tabIndex={0}
        suppressHydrationWarning
        className="whitespace-nowrap"
      >
        {mode === "date" ? <Day at={instant} /> : textOf(instant, mode, moment)}
      </time>
    </Tooltip>
  );
}

function textOf(at: Date, mode: Exclude<Mode, "date">, moment: Date): string {
  if (mode === "exact") return exactUtc(at);
  if (mode === "left") return timeLeft(at, moment);
  // An instant that has just come in may be newer than the shared clock. It still reads as past.
  return relativeTime(at, at > moment ? now() : moment);
}

function BothClocks({ at }: { at: Date }) {
  return (
    <>
      <span className="block">{exactUtc(at)}</span>
      {at.getTimezoneOffset() !== 0 && <span className="block text-ink-2">{exactLocal(at)}</span>}
    </>
  );
}
