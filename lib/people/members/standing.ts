import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import type { Reader, Transaction } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail } from "@/lib/platform/result";
import type { Role } from "@/prisma/generated/enums";

/** A member whose role or membership is about to change. */
export type Target = { id: string; role: Role; userId: string; name: string };

/**
 * Lets one change of members at a time into a workspace, until the transaction ends. Without it, two owners
 * who demote each other at once would leave the workspace without one. Returns the actor's present role, or
 * null when they were removed meanwhile.
 */
export async function lockMembers(tx: Transaction, actor: MemberActor): Promise<Role | null> {
  const { workspaceId } = actor;
  await tx.$executeRaw`SELECT 1 FROM workspace WHERE id = ${workspaceId} FOR NO KEY UPDATE`;
  const member = await tx.member.findFirst({
    where: { id: actor.memberId, workspaceId },
    select: { role: true },
  });
  return member?.role ?? null;
}

/**
 * The member the actor wants to change. Null when there is none, or when the actor's role, as `lockMembers` read
 * it, may not: admins manage members, and only owners manage owners.
 */
export async function findTarget(
  tx: Reader,
  { workspaceId }: MemberActor,
  role: Role,
  memberId: string,
): Promise<Target | null> {
  const member = await tx.member.findFirst({
    where: { id: memberId, workspaceId },
    select: { id: true, role: true, userId: true, user: { select: { name: true } } },
  });
  if (!member || !canManage({ role }, member.role)) return null;
  const { user, ...rest } = member;
  return { ...rest, name: user.name };
}

/** Whether someone may invite, change or remove members of this role. */
export function canManage(acting: { role: Role }, role: Role): boolean {
  return can(acting, role === "owner" ? "owners.manage" : "members.manage");
}

/** Whether this member is the only owner. The answer holds only after `lockMembers`. */
export async function isLastOwner(
  tx: Reader,
  { workspaceId }: MemberActor,
  target: Target,
): Promise<boolean> {
  if (target.role !== "owner") return false;
  const others = await tx.member.count({
    where: { workspaceId, role: "owner", id: { not: target.id } },
  });
  return others === 0;
}

/** The failure for a member who does not exist, or whom the actor may not manage: the two look the same. */
export function noSuchMember(): Failure<"not_found"> {
  return fail("not_found", "There is no such member.");
}

/** The failure for a change that would leave the workspace without an owner. */
export function lastOwner(): Failure<"last_owner"> {
  return fail("last_owner", "This is the only owner. Make someone else an owner first.");
}
