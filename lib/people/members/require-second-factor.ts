import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { type ConfirmationNeeded, needsConfirmation } from "@/lib/people/auth/second-factor";
import type { RequireSecondFactorInput } from "@/lib/people/members/schema";
import { lockMembers } from "@/lib/people/members/standing";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import { fail, ok, type Result } from "@/lib/platform/result";
import type { Role } from "@/prisma/generated/enums";

/** Whether the actor's workspace wants a second factor of everybody. */
export async function isSecondFactorRequired({ workspaceId: id }: MemberActor): Promise<boolean> {
  return (
    (await reader().workspace.count({ where: { id, secondFactorRequiredAt: { not: null } } })) > 0
  );
}

/**
 * Decides whether the workspace wants a second factor of everybody. Who has none sets one up at their next sign-in,
 * before anything else. `set_up_first` for an actor without one, who would lock themselves out.
 */
export async function requireSecondFactor(
  actor: MemberActor,
  { required }: RequireSecondFactorInput,
  now: Date,
): Promise<Result<null, "not_found" | "set_up_first"> | ConfirmationNeeded> {
  const { workspaceId: id, workspaceName: name } = actor;
  return await transact(async (tx) => {
    const refusal = refuse(actor, await lockMembers(tx, actor), required, now);
    if (refusal) return refusal;
    const { count } = await tx.workspace.updateMany({
      where: { id, secondFactorRequiredAt: required ? null : { not: null } },
      data: { secondFactorRequiredAt: required ? now : null },
    });
    if (count === 0) return ok(null);
    const action = required
      ? "workspace.second_factor_required"
      : "workspace.second_factor_optional";
    await recordAudit(tx, actor, { action, target: { type: "workspace", id, name } }, now);
    return ok(null);
  });
}

function refuse(actor: MemberActor, role: Role | null, required: boolean, now: Date) {
  if (!role || !can({ role }, "workspace.require_second_factor")) {
    return fail("not_found", "There is no such workspace.");
  }
  if (required && !actor.hasSecondFactor) {
    return fail("set_up_first", "Set up your own second factor first, on your account page.");
  }
  return needsConfirmation(actor, now);
}
