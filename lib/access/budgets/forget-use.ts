import { EXCESS_NAMED_DAYS } from "@/lib/access/findings/kind/limits";
import { DAY_MS, later, startOf } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";

/**
 * Forgets the use of budgets on days that are over at `now`. Use that went over a budget is kept while a finding names
 * it.
 */
export async function forgetOldUse(now: Date): Promise<void> {
  const today = startOf(now, DAY_MS);
  const named = later(now, -EXCESS_NAMED_DAYS * DAY_MS);
  await db().budgetUse.deleteMany({
    where: {
      since: { lt: today },
      OR: [{ passedAt: null }, { passedAt: { lte: named } }],
    },
  });
  await db().campaignCharge.deleteMany({ where: { startedAt: { lt: today } } });
}
