import { windowOf } from "@/lib/access/api-keys/key/budgets";
import type { RateState } from "@/lib/access/api-keys/verification/rate-limit";
import { passBudget } from "@/lib/access/budgets/pass-budget";
import type { Spending } from "@/lib/access/budgets/spending";
import { SECOND_MS } from "@/lib/platform/clock";
import { thinQuery } from "@/lib/platform/database/thin-query";
import { db } from "@/lib/platform/database/unit-of-work";
import { Folding } from "@/lib/platform/folding";
import { processWide } from "@/lib/platform/process-wide";
import { Prisma } from "@/prisma/generated/client";

/** The most calls that are counted together. */
const TOGETHER_MAX = 100;

/** A budget of a key after a call. `isPaused` says that no call of its kind passes, however little it would use. */
export type BudgetState = RateState & { used: number; isPaused: boolean };

/**
 * Counts what one call uses of a budget. Where that is more than is left, `exceeded` is true, nothing is counted, and
 * the budget is paused until its window ends or somebody lifts the pause. The count is exact, however many calls of
 * however many processes come at once. Calls of one key that come at the same time are counted together, since they
 * would wait for each other at its row.
 */
export async function countUse(spending: Spending, now: Date): Promise<BudgetState> {
  const { since } = windowOf(spending.budget, now);
  const place = `${spending.keyId} ${spending.budget} ${since.getTime()}`;
  return stateOf(spending, await countings().add(place, { ...spending, now }), now);
}

/** The rest of a budget. Where nothing is left, `exceeded` is true, and the budget is paused as by `countUse`. */
export async function lookAtBudget(
  spending: Omit<Spending, "amount">,
  now: Date,
): Promise<BudgetState> {
  const counted = await usedIn(spending, now);
  const leaves = !counted.isPaused && counted.used < spending.limit;
  return leaves
    ? stateOf(spending, counted, now)
    : stateOf(spending, await refuse({ ...spending, amount: 1, now }), now);
}

/** Takes back what `countUse` counted. */
export async function giveBackUse(
  { keyId, budget, amount }: Pick<Spending, "keyId" | "budget" | "amount">,
  now: Date,
): Promise<void> {
  const { since } = windowOf(budget, now);
  await db().$executeRaw`
    UPDATE budget_use SET used = greatest(used - ${amount}, 0)
    WHERE key_id = ${keyId} AND budget = ${budget} AND since = ${since}`;
}

type Counting = Spending & { now: Date };
type Counted = Pick<BudgetState, "used" | "exceeded" | "isPaused">;

function stateOf({ budget, limit }: Omit<Spending, "amount">, counted: Counted, now: Date) {
  const { until } = windowOf(budget, now);
  return {
    ...counted,
    limit,
    remaining: Math.max(limit - counted.used, 0),
    resetSeconds: Math.ceil((until.getTime() - now.getTime()) / SECOND_MS),
  };
}

function countings(): Folding<Counting, Counted> {
  return processWide("budget-countings", () => {
    const fits = ([first]: readonly Counting[], next: Counting) => first?.limit === next.limit;
    return new Folding<Counting, Counted>({ work: countTogether, fits, max: TOGETHER_MAX });
  });
}

/**
 * Counts calls by their sum where it fits. Otherwise it counts them one after another, up to the first that does not
 * fit.
 */
async function countTogether(countings: readonly Counting[]): Promise<Counted[]> {
  const [first] = countings;
  if (!first) return [];
  const amount = countings.reduce((sum, counting) => sum + counting.amount, 0);
  const together = await countOnce({ ...first, amount });
  if (together) return countings.map(() => together);
  const outcomes: Counted[] = [];
  for (const counting of countings) {
    outcomes.push((await countOnce(counting)) ?? (await refuse(counting)));
  }
  return outcomes;
}

/**
 * Counts in one statement, so that many processes at once do not pass the limit. Null where the amount does not fit.
 */
async function countOnce({ keyId, budget, limit, amount, now }: Counting): Promise<Counted | null> {
  const { since } = windowOf(budget, now);
  const [counted] = await thinQuery<{ used: number }>(
    db(),
    Prisma.sql`
      INSERT INTO budget_use AS in_window (key_id, budget, since, used)
      SELECT ${keyId}, ${budget}, ${since}::timestamptz, ${amount}::int WHERE ${amount}::int <= ${limit}::int
      ON CONFLICT (key_id, budget, since) DO UPDATE SET used = in_window.used + EXCLUDED.used
        WHERE in_window.used + EXCLUDED.used <= ${limit}::int AND in_window.passed_at IS NULL
      RETURNING used`,
  );
  return counted ? { used: counted.used, exceeded: false, isPaused: false } : null;
}

/** The refusal of a call that does not fit. The first one pauses the budget. */
async function refuse(counting: Counting): Promise<Counted> {
  const { used, isPaused } = await usedIn(counting, counting.now);
  if (!isPaused) await passBudget(counting, counting.now);
  return { used, isPaused: true, exceeded: true };
}

async function usedIn(
  { keyId, budget }: Pick<Spending, "keyId" | "budget">,
  now: Date,
): Promise<Counted> {
  const { since } = windowOf(budget, now);
  const [known] = await thinQuery<{ used: number; isPaused: boolean }>(
    db(),
    Prisma.sql`SELECT used, passed_at IS NOT NULL AS "isPaused" FROM budget_use
      WHERE key_id = ${keyId} AND budget = ${budget} AND since = ${since}::timestamptz`,
  );
  return { used: known?.used ?? 0, isPaused: known?.isPaused ?? false, exceeded: false };
}
