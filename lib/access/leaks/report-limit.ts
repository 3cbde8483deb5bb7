import { networkOf } from "@/lib/platform/address-blocks";
import { SECOND_MS } from "@/lib/platform/clock";
import { type MinuteCounter, minuteCounter } from "@/lib/platform/counting/window-counter";
import { processWide } from "@/lib/platform/process-wide";
import type { LeakSource } from "@/prisma/generated/enums";

/** The reports that one network may send in a minute. GitHub sends many keys' in one. */
export const REPORTS_A_MINUTE: Record<LeakSource, number> = { anybody: 30, github: 300 };

/** Counts a report before it is read. Returns the seconds to wait where `address` has sent too many, else null. */
export async function countReport(source: LeakSource, address: string): Promise<number | null> {
  const { consumedPoints, msBeforeNext } = await reports(source).count(networkOf(address));
  if (consumedPoints <= REPORTS_A_MINUTE[source]) return null;
  return Math.max(Math.ceil(msBeforeNext / SECOND_MS), 1);
}

function reports(source: LeakSource): MinuteCounter {
  return processWide(`leak-reports:${source}`, () => minuteCounter(`leak-reports:${source}`));
}
