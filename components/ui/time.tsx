"use client";

import { useEffect, useState } from "react";
import { now } from "@/lib/clock";
import { exactLocal, exactUtc, relativeTime, shortDate } from "@/lib/format/time";
import { Tooltip } from "./tooltip";

const TICK_MS = 15_000;

type Mode = "relative" | "exact" | "date";

type TimeProps = { at: string | Date; mode?: Mode };

/** An instant: relative, exact or only its day (UTC) in the text; exact UTC and the reader's own time on hover and focus. */
export function Time({ at, mode = "relative" }: TimeProps) {
  const instant = new Date(at);
  const [moment, setMoment] = useState(now);

  useEffect(() => {
    if (mode !== "relative") return;
    setMoment(now());
    const timer = setInterval(() => setMoment(now()), TICK_MS);
    return () => clearInterval(timer);
  }, [mode]);

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
        {textOf(instant, mode, moment)}
      </time>
    </Tooltip>
  );
}

function textOf(at: Date, mode: Mode, moment: Date): string {
  if (mode === "date") return shortDate(at);
  return mode === "exact" ? exactUtc(at) : relativeTime(at, moment);
}

function BothClocks({ at }: { at: Date }) {
  return (
    <>
      <span className="block">{exactUtc(at)}</span>
      <span className="block text-ink-2">{exactLocal(at)}</span>
    </>
  );
}
