import { keysOwnedBy, type OwnedKey } from "@/lib/api-keys/hand-over-keys";
import type { MemberActor } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { canManage } from "@/lib/members/standing";
import { fail, ok, type Result } from "@/lib/result";
import type { Role } from "@/prisma/generated/enums";

/** One member as the list shows them. */
export type MemberView = {
  id: string;
  name: string;
  email: string;
  role: Role;
  joinedAt: Date;
  keys: number;
  isYou: boolean;
  /** Whether the actor may change this member's role or remove them. */
  manageable: boolean;
};

/** A link that was made and not used yet. */
export type InvitationView = {
  id: string;
  email: string;
  role: Role;
  invitedBy: string;
  createdAt: Date;
  expiresAt: Date;
};

/** Who could get a removed member's keys, and which keys those are. */
export type RemovalFacts = { keys: OwnedKey[]; heirs: { id: string; name: string; role: Role }[] };

/** The members of the actor's workspace, in the order they joined. */
export async function listMembers(actor: MemberActor): Promise<MemberView[]> {
  if (!can(actor, "members.read")) return [];
  const members = await db.member.findMany({
    where: { workspaceId: actor.workspaceId },
    select: {
      id: true,
      role: true,
      createdAt: true,
      user: { select: { name: true, email: true } },
      _count: { select: { keys: true } },
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return members.map(({ id, role, createdAt, user, _count }) => ({
    id,
    role,
    ...user,
    joinedAt: createdAt,
    keys: _count.keys,
    isYou: id === actor.memberId,
    manageable: canManage(actor, role),
  }));
}

/** The invitations that can still be used, newest first; none for those who may not invite. */
export async function listInvitations(actor: MemberActor, now: Date): Promise<InvitationView[]> {
  if (!can(actor, "members.manage")) return [];
  return await db.invitation.findMany({
    where: {
      workspaceId: actor.workspaceId,
      acceptedAt: null,
      revokedAt: null,
      expiresAt: { gt: now },
    },
    select: {
      id: true,
      email: true,
      role: true,
      invitedBy: true,
      createdAt: true,
      expiresAt: true,
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
}

/** What has to be decided before this member is removed. */
export async function removalFacts(
  actor: MemberActor,
  { memberId }: { memberId: string },
  now: Date,
): Promise<Result<RemovalFacts, "not_found">> {
  const members = await listMembers(actor);
  const target = members.find((member) => member.id === memberId);
  if (!target?.manageable) return fail("not_found", "There is no such member.");
  const heirs = members
    .filter((member) => member.id !== memberId && can(member, "keys.manage_all"))
    .map(({ id, name, role }) => ({ id, name, role }));
  return ok({ keys: await keysOwnedBy(actor, { memberId }, now), heirs });
}
