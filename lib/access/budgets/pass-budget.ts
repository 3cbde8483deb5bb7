import { lockKey } from "@/lib/access/api-keys/changes/change-key";
import { BUDGETS, windowOf } from "@/lib/access/api-keys/key/budgets";
import type { Spending } from "@/lib/access/budgets/spending";
import { judgeBudgetExceeded } from "@/lib/access/findings/judging/judges";
import { excessesOf } from "@/lib/access/findings/watching/read-excesses";
import { raiseFindings } from "@/lib/access/findings/watching/store-findings";
import { tellMembers } from "@/lib/access/notices/tell-members";
import { firstValues } from "@/lib/people/audit/changes";
import { recordAudit } from "@/lib/people/audit/record";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { log } from "@/lib/platform/log";

/**
 * Pauses a budget that a call went over. One transaction marks the budget, puts that on record and raises a finding.
 * Where several calls go over it at once, the first one does this. Nothing happens where the budget was lifted
 * meanwhile. Members are told afterwards.
 */
export async function passBudget(spending: Spending, now: Date): Promise<void> {
  const isFirst = await transact(async (tx) => {
    const key = await lockKey(tx, spending.workspaceId, spending.keyId);
    if (!key || !(await mark(tx, spending, now))) return false;
    await record(tx, spending, now);
    const excesses = (await excessesOf(tx, [key], now)).get(key.id) ?? [];
    const found = judgeBudgetExceeded({ excesses }, now);
    const { id: keyId, revision } = key;
    await raiseFindings(tx, [{ key: { keyId, revision }, found: found ? [found] : [] }], now);
    return true;
  });
  if (isFirst) await tell(spending.workspaceId, now);
}

/** Marks the budget. True for the first call that went over it, as long as the call still does. */
async function mark(
  tx: Transaction,
  { keyId, budget, limit, amount }: Spending,
  now: Date,
): Promise<boolean> {
  const { since } = windowOf(budget, now);
  const marked = await tx.$executeRaw`
    INSERT INTO budget_use AS in_window (key_id, budget, since, used, passed_at)
    VALUES (${keyId}, ${budget}, ${since}, 0, ${now})
    ON CONFLICT (key_id, budget, since) DO UPDATE SET passed_at = EXCLUDED.passed_at
      WHERE in_window.passed_at IS NULL AND in_window.used + ${amount}::int > ${limit}::int`;
  return marked === 1;
}

async function record(
  tx: Transaction,
  { workspaceId, keyId, keyName: name, address, userAgent, budget, limit }: Spending,
  now: Date,
): Promise<void> {
  const actor = { workspaceId, memberId: null, name, address, userAgent };
  const target = { type: "key", id: keyId, name } as const;
  const changes = firstValues({ budget: BUDGETS[budget].label, limit });
  await recordAudit(tx, actor, { action: "key.budget_exceeded", target, changes }, now);
}

/** The budget is paused by now, so a failure here is only logged. The hourly work makes up for it. */
async function tell(workspaceId: string, now: Date): Promise<void> {
  await tellMembers(now, workspaceId).catch((error: unknown) => {
    log.error({ err: error }, "members could not be told of a budget that was exceeded");
  });
}
