import { targetsOf } from "@/lib/audit/query";
import { recordAudit } from "@/lib/audit/record";
import type { MemberActor } from "@/lib/auth/actor";
import { DAY_MS, later } from "@/lib/clock";
import type { Transaction } from "@/lib/db";
import { INVITATION_DAYS } from "@/lib/members/schema";
import { canManage } from "@/lib/members/standing";
import { Role } from "@/prisma/generated/enums";

/**
 * Withdraws the unused links of a member that their new role (null: none, they are removed) could not have
 * made, in the transaction that changes it: nobody comes back by an invitation they left for themselves.
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
  const made = { actorId: memberId, action: "member.invited", since } as const;
  const unused = { acceptedAt: null, revokedAt: null };
  const invitations = await tx.invitation.findMany({
    where: {
      workspaceId,
      id: { in: await targetsOf(tx, actor, made) },
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
