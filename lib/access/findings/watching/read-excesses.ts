import { type BudgetLimits, isBudget, windowOf } from "@/lib/access/api-keys/key/budgets";
import type { Excess } from "@/lib/access/findings/kind/facts";
import { EXCESS_NAMED_DAYS } from "@/lib/access/findings/kind/limits";
import { byKey } from "@/lib/access/findings/watching/by-key";
import { DAY_MS, later } from "@/lib/platform/clock";
import type { Reader } from "@/lib/platform/database/unit-of-work";

/** A key with its budgets as they are now. */
type Budgeted = BudgetLimits & { id: string };

/** For each key, the budgets that a call of the last 7 days went over and nobody lifted, the latest first. */
export async function excessesOf(
  on: Reader,
  keys: readonly Budgeted[],
  now: Date,
): Promise<Map<string, Excess[]>> {
  const rows = await on.budgetUse.findMany({
    where: {
      keyId: { in: keys.map(({ id }) => id) },
      passedAt: { gt: later(now, -EXCESS_NAMED_DAYS * DAY_MS) },
    },
    orderBy: { passedAt: "desc" },
  });
  const passed = byKey(rows);
  return new Map(
    keys.map((key) => [
      key.id,
      (passed.get(key.id) ?? []).flatMap(({ budget, since, used, passedAt }) => {
        const limit = isBudget(budget) ? key[budget] : null;
        if (!isBudget(budget) || limit === null || !passedAt) return [];
        return [{ budget, limit, used, passedAt, until: windowOf(budget, since).until }];
      }),
    ]),
  );
}
