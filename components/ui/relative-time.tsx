"use client";

import { useEffect, useState } from "react";
import { now } from "@/lib/platform/clock";
import { relativeTime, timeLeft } from "@/lib/platform/format/time";
import { followSharedClock } from "./shared-clock";
import { TIME } from "./time-attributes";

type RelativeTimeProps = { at: string | Date; mode: "relative" | "left" };

/** An instant as it is seen from now, which goes on. */
export function RelativeTime({ at, mode }: RelativeTimeProps) {
  const instant = new Date(at);
  const instantMs = instant.getTime();
  const [moment, setMoment] = useState(now);

  // biome-ignore lint/correctness/useExhaustiveDependencies: following sets the clock, which a new instant may be ahead of.
  useEffect(() => followSharedClock(setMoment), [instantMs]);

  return (
    // The server rendered a moment earlier than the browser takes over: its text may differ by a second.
    <time dateTime={instant.toISOString()} {...TIME} suppressHydrationWarning>
      {textOf(instant, mode, moment)}
    </time>
  );
}

function textOf(at: Date, mode: RelativeTimeProps["mode"], moment: Date): string {
  if (mode === "left") return timeLeft(at, moment);
  // An instant that has just come in may be newer than the shared clock. It still reads as past.
  return relativeTime(at, at > moment ? now() : moment);
}
