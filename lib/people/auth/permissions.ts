import type { Role } from "@/prisma/generated/enums";

/** Everything a member can be allowed to do in their workspace, with the roles that allow it. */
const ROLES_WITH = {
  "keys.read": ["owner", "admin", "marketer", "viewer"],
  "keys.create": ["owner", "admin", "marketer"],
  "keys.manage_own": ["owner", "admin", "marketer"],
  "keys.manage_all": ["owner", "admin"],
  "keys.set_rate_limit": ["owner", "admin"],
  "activity.read_own_keys": ["owner", "admin", "marketer"],
  "activity.read_all": ["owner", "admin", "viewer"],
  "audit.read": ["owner", "admin"],
  "contacts.read": ["owner", "admin", "marketer", "viewer"],
  "audiences.manage": ["owner", "admin", "marketer"],
  "campaigns.read": ["owner", "admin", "marketer", "viewer"],
  "campaigns.manage": ["owner", "admin", "marketer"],
  "emails.read": ["owner", "admin", "marketer", "viewer"],
  "emails.cancel": ["owner", "admin", "marketer"],
  "sending.manage": ["owner", "admin"],
  "members.read": ["owner", "admin", "marketer", "viewer"],
  "members.manage": ["owner", "admin"],
  "owners.manage": ["owner"],
} satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof ROLES_WITH;

/** Whether `actor`'s role carries `permission`. */
export function can(actor: { role: Role }, permission: Permission): boolean {
  return rolesWith(permission).includes(actor.role);
}

/** The roles that carry `permission`. */
export function rolesWith(permission: Permission): readonly Role[] {
  return ROLES_WITH[permission];
}

/** Whether `actor` may change this key: their own, or any with a role that manages all. */
export function canManageKey(
  actor: { role: Role; memberId: string },
  key: { ownerId: string },
): boolean {
  if (can(actor, "keys.manage_all")) return true;
  return can(actor, "keys.manage_own") && key.ownerId === actor.memberId;
}

/** Whether `actor` may see the calls of this key. */
export function canSeeActivityOf(
  actor: { role: Role; memberId: string },
  key: { ownerId: string },
): boolean {
  if (can(actor, "activity.read_all")) return true;
  return can(actor, "activity.read_own_keys") && key.ownerId === actor.memberId;
}
