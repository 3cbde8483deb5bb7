import type { MemberActor } from "@/lib/people/auth/actor";
import { can, type Permission, rolesWith } from "@/lib/people/auth/permissions";
import type { MembersQuery } from "@/lib/people/members/schema";
import { canManage } from "@/lib/people/members/standing";
import { reader } from "@/lib/platform/database/unit-of-work";
import type { Role } from "@/prisma/generated/enums";

/** A row of the list of members. */
export type MemberRow = {
  id: string;
  name: string;
  email: string;
  role: Role;
  joinedAt: Date;
  keys: number;
  hasSecondFactor: boolean;
  isYou: boolean;
  /** Whether the actor may change this member's role or remove them. */
  manageable: boolean;
};

/** A row of the list of invitations: a link that was made and not used yet. */
export type InvitationRow = {
  id: string;
  email: string;
  role: Role;
  invitedBy: string;
  createdAt: Date;
  expiresAt: Date;
};

/** A member as an option of a choice. */
export type MemberChoice = { id: string; name: string; role: Role };

/** A page of the list of members. */
export type MemberPage = { members: MemberRow[]; page: number; hasMore: boolean };

const PAGE_SIZE = 50;
const CHOICES_MAX = 200;
const INVITATIONS_MAX = 100;

/** One page of the members of the actor's workspace, in the order they joined. */
export async function listMembers(
  actor: MemberActor,
  { page }: MembersQuery = { page: 1 },
): Promise<MemberPage> {
  if (!can(actor, "members.read")) return { members: [], page, hasMore: false };
  const found = await reader().member.findMany({
    where: { workspaceId: actor.workspaceId },
    select: {
      id: true,
      role: true,
      createdAt: true,
      user: {
        select: {
          name: true,
          email: true,
          authenticatorApp: { select: { userId: true } },
          _count: { select: { passkeys: true } },
        },
      },
      _count: { select: { keys: { where: { decoyPlace: null } } } },
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    skip: (page - 1) * PAGE_SIZE,
    take: PAGE_SIZE + 1,
  });
  const members = found.slice(0, PAGE_SIZE).map(({ id, role, createdAt, user, _count }) => ({
    id,
    role,
    name: user.name,
    email: user.email,
    hasSecondFactor: user.authenticatorApp !== null || user._count.passkeys > 0,
    joinedAt: createdAt,
    keys: _count.keys,
    isYou: id === actor.memberId,
    manageable: canManage(actor, role),
  }));
  return { members, page, hasMore: found.length > PAGE_SIZE };
}

/** The first 200 members by name whose role carries `permission`, to choose from. */
export async function memberChoices(
  actor: MemberActor,
  permission: Permission,
): Promise<MemberChoice[]> {
  if (!can(actor, "members.read")) return [];
  const members = await reader().member.findMany({
    where: { workspaceId: actor.workspaceId, role: { in: [...rolesWith(permission)] } },
    select: { id: true, role: true, user: { select: { name: true } } },
    orderBy: [{ user: { name: "asc" } }, { id: "asc" }],
    take: CHOICES_MAX,
  });
  return members.map(({ id, role, user }) => ({ id, role, name: user.name }));
}

/** The newest 100 invitations that can still be used; none for a role that may not invite. */
export async function listInvitations(actor: MemberActor, now: Date): Promise<InvitationRow[]> {
  if (!can(actor, "members.manage")) return [];
  return await reader().invitation.findMany({
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
    take: INVITATIONS_MAX,
  });
}
