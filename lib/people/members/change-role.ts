import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { type ConfirmationNeeded, needsConfirmation } from "@/lib/people/auth/second-factor";
import { endSessionsOf, openSession, type SessionClaims } from "@/lib/people/auth/session-store";
import type { ChangeRoleInput } from "@/lib/people/members/schema";
import {
  canManage,
  findTarget,
  isLastOwner,
  lastOwner,
  lockMembers,
  noSuchMember,
  type Target,
} from "@/lib/people/members/standing";
import { withdrawInvitations } from "@/lib/people/members/withdraw-invitations";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { ok, type Result } from "@/lib/platform/result";
import type { Role } from "@/prisma/generated/enums";

/** `renewed` is a new session for the actor when they changed their own role, else null. */
export type RoleChanged = { renewed: SessionClaims | null };

/**
 * Gives a member another role. Their sessions end at once, and so do their invitations that the new role
 * could not have made. Only owners make and unmake owners; anyone else gets `not_found`. The only owner stays
 * one (`last_owner`).
 */
export async function changeRole(
  actor: MemberActor,
  { memberId, role }: ChangeRoleInput,
  now: Date,
): Promise<Result<RoleChanged, "not_found" | "last_owner"> | ConfirmationNeeded> {
  return await transact(async (tx) => {
    const actorRole = await lockMembers(tx, actor);
    const target = actorRole && (await findTarget(tx, actor, actorRole, memberId));
    if (!target || !canManage({ role: actorRole }, role)) return noSuchMember();
    if (target.role === role) return ok({ renewed: null });
    const refusal = needsConfirmation(actor, now);
    if (refusal) return refusal;
    if (await isLastOwner(tx, actor, target)) return lastOwner();
    return ok(await storeRole(tx, actor, { target, role }, now));
  });
}

async function storeRole(
  tx: Transaction,
  actor: MemberActor,
  { target, role }: { target: Target; role: Role },
  now: Date,
): Promise<RoleChanged> {
  const { workspaceId } = actor;
  await tx.member.updateMany({ where: { id: target.id, workspaceId }, data: { role } });
  await withdrawInvitations(tx, actor, { memberId: target.id, role }, now);
  const sessionVersion = await endSessionsOf(tx, target.userId, "role_changed", now);
  const event = {
    action: "member.role_changed",
    target: { type: "member", id: target.id, name: target.name },
    changes: { role: { from: target.role, to: role } },
  } as const;
  await recordAudit(tx, actor, event, now);
  if (target.userId !== actor.userId) return { renewed: null };
  return {
    renewed: await openSession(tx, { id: target.userId, sessionVersion }, actor, now),
  };
}
