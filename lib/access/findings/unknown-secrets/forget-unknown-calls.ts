import { UNUSUAL_NAMED_DAYS } from "@/lib/access/findings/kind/unusual-limits";
import { DAY_MS, later } from "@/lib/platform/clock";
import { transact } from "@/lib/platform/database/unit-of-work";

/** Deletes the counts of calls with unknown secrets that no finding names any more. */
export async function forgetOldUnknownCalls(now: Date): Promise<void> {
  const before = later(now, -UNUSUAL_NAMED_DAYS * DAY_MS);
  await transact((tx) => tx.unknownSecretHour.deleteMany({ where: { lastAt: { lt: before } } }));
}
