"use client";

import { useEffect, useState } from "react";
import { DAY_MS, HOUR_MS, MINUTE_MS, now, SECOND_MS } from "@/lib/clock";

const TICK_MS = 10 * SECOND_MS;

/** How long it is until `at`, to the minute: "21 h 14 min". */
export function TimeLeft({ at }: { at: Date }) {
  const [moment, setMoment] = useState(now);

  useEffect(() => {
    const timer = setInterval(() => setMoment(now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);

  return (
    <time dateTime={at.toISOString()} suppressHydrationWarning className="whitespace-nowrap">
      {timeLeft(at.getTime() - moment.getTime())}
    </time>
  );
}

/** A length of time in its two largest units, rounded down: "6 days 3 h", "21 h 14 min", "under a minute". */
export function timeLeft(lengthMs: number): string {
  const days = Math.floor(lengthMs / DAY_MS);
  const hours = Math.floor((lengthMs % DAY_MS) / HOUR_MS);
  const minutes = Math.floor((lengthMs % HOUR_MS) / MINUTE_MS);
  if (lengthMs < MINUTE_MS) return "under a minute";
  if (days > 0) return `${days === 1 ? "1 day" : `${days} days`}${hours > 0 ? ` ${hours} h` : ""}`;
  if (hours > 0) return `${hours} h${minutes > 0 ? ` ${minutes} min` : ""}`;
  return `${minutes} min`;
}
