import { DAY_MS, later } from "@/lib/platform/clock";
import { transact } from "@/lib/platform/database/unit-of-work";

/** The time for which a finding is kept after it was closed. */
export const CLOSED_KEPT_MS = 365 * DAY_MS;

/** Deletes findings that were closed more than a year ago. */
export async function forgetOldFindings(now: Date): Promise<void> {
  const before = later(now, -CLOSED_KEPT_MS);
  await transact((tx) => tx.finding.deleteMany({ where: { closedAt: { lt: before } } }));
}
