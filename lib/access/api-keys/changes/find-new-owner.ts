import type { MemberActor } from "@/lib/people/auth/actor";
import { can, type Permission } from "@/lib/people/auth/permissions";
import type { Reader } from "@/lib/platform/database/unit-of-work";

/** A member who may become a key's owner. */
export type NewOwner = { id: string; name: string };

/**
 * The member of the actor's workspace with this id whose role carries `permission`, or null. The row stays
 * locked until the transaction ends, so that nobody removes or demotes the member in between.
 */
export async function findNewOwner(
  tx: Reader,
  actor: MemberActor,
  memberId: string,
  permission: Permission,
): Promise<NewOwner | null> {
  const { workspaceId } = actor;
  await tx.$queryRaw`SELECT 1 FROM member WHERE id = ${memberId} AND workspace_id = ${workspaceId} FOR SHARE`;
  const member = await tx.member.findFirst({
    where: { id: memberId, workspaceId },
    select: { id: true, role: true, user: { select: { name: true } } },
  });
  if (!member || !can(member, permission)) return null;
  return { id: member.id, name: member.user.name };
}
