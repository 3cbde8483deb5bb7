import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { INVITATION_DAYS } from "@/lib/people/members/limits";
import { canManage } from "@/lib/people/members/standing";
import { DAY_MS, later } from "@/lib/platform/clock";
import type { Reader, Transaction } from "@/lib/platform/database/unit-of-work";
import { Role } from "@/prisma/generated/enums";

/**
 * Withdraws the unused links of a member that their new role could not have made, in the transaction that
 * changes the role. `role` is null for a member who is removed. So nobody comes back with an invitation that
 * they left for themselves.
 */
export async function withdrawInvitations(
  tx: Transaction,
  actor: MemberActor,
  { memberId, role }: { memberId: string; role: Role | null },
  now: Date,
): Promise<void> {
  const { workspaceId } = actor;
  const beyond = Object.values(Role).filter((one) => role === null || !canManage({ role }, one));
  const since = later(now, -INVITATION_DAYS * DAY_MS);
  const unused = { acceptedAt: null, revokedAt: null };
  const invitations = await tx.invitation.findMany({
    where: {
      workspaceId,
      id: { in: await invitedBy(tx, { workspaceId, memberId, since }) },
      role: { in: beyond },
      ...unused,
    },
    select: { id: true, email: true },
    orderBy: { id: "asc" },
  });
  for (const { id, email } of invitations) {
    const { count } = await tx.invitation.updateMany({
      where: { id, workspaceId, ...unused },
      data: { revokedAt: now },
    });
    if (count === 0) continue;
    const target = { type: "invitation", id, name: email } as const;
    await recordAudit(tx, actor, { action: "member.invitation_revoked", target }, now);
  }
}

/** The ids of the invitations that a member made since `since`. */
async function invitedBy(
  tx: Reader,
  { workspaceId, memberId, since }: { workspaceId: string; memberId: string; since: Date },
): Promise<string[]> {
  const events = await tx.auditEvent.findMany({
    where: { workspaceId, actorId: memberId, action: "member.invited", at: { gte: since } },
    select: { targetId: true },
  });
  return events.map(({ targetId }) => targetId);
}
