import { changeKey, keyNotFound, keyRevoked } from "@/lib/access/api-keys/changes/change-key";
import { BUDGET_NAMES, BUDGETS, windowOf } from "@/lib/access/api-keys/key/budgets";
import type { KeyIdInput } from "@/lib/access/api-keys/key/schema";
import { firstValues } from "@/lib/people/audit/changes";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { type ConfirmationNeeded, needsConfirmation } from "@/lib/people/auth/second-factor";
import { fail, ok, type Result } from "@/lib/platform/result";

/**
 * Lets a key that went over budgets go on. Each of these budgets counts from nothing again for the rest of its hour or
 * day. Only admins may do this, with their second factor, since the key can do more after it. `not_paused` where no
 * budget is paused.
 */
export async function liftBudget(
  actor: MemberActor,
  { keyId }: KeyIdInput,
  now: Date,
): Promise<Result<null, "not_found" | "revoked" | "not_paused"> | ConfirmationNeeded> {
  return await changeKey(actor, keyId, async (tx, key) => {
    if (!can(actor, "keys.set_rate_limit")) return keyNotFound();
    if (key.revokedAt) return keyRevoked();
    const refusal = needsConfirmation(actor, now);
    if (refusal) return refusal;
    const lifted = await tx.budgetUse.updateManyAndReturn({
      where: {
        keyId,
        passedAt: { not: null },
        OR: BUDGET_NAMES.map((budget) => ({ budget, since: windowOf(budget, now).since })),
      },
      data: { passedAt: null, used: 0 },
      select: { budget: true },
    });
    if (lifted.length === 0) {
      return fail("not_paused", "Nothing is paused any more. Reload to see what is so now.");
    }
    const names = lifted.map(({ budget }) => budget);
    const budgets = BUDGET_NAMES.filter((one) => names.includes(one)).map(
      (one) => BUDGETS[one].label,
    );
    const target = { type: "key", id: key.id, name: key.name } as const;
    const changes = firstValues({ budgets });
    await recordAudit(tx, actor, { action: "key.budget_lifted", target, changes }, now);
    return ok(null);
  });
}
