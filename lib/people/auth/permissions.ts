import { Role } from "@/prisma/generated/enums";

/** What a person can be allowed to do in their workspace. */
export type Permission =
  | "keys.read"
  | "keys.create"
  | "keys.manage_own"
  | "keys.manage_all"
  | "keys.set_rate_limit"
  | "activity.read_own_keys"
  | "activity.read_all"
  | "audit.read"
  | "contacts.read"
  | "audiences.manage"
  | "campaigns.read"
  | "campaigns.manage"
  | "emails.read"
  | "emails.cancel"
  | "sending.manage"
  | "members.read"
  | "members.manage"
  | "owners.manage";

const VIEWER: Permission[] = [
  "keys.read",
  "activity.read_all",
  "contacts.read",
  "campaigns.read",
  "emails.read",
  "members.read",
];
const MARKETER: Permission[] = [
  "keys.read",
  "keys.create",
  "keys.manage_own",
  "activity.read_own_keys",
  "contacts.read",
  "audiences.manage",
  "campaigns.read",
  "campaigns.manage",
  "emails.read",
  "emails.cancel",
  "members.read",
];
const ADMIN: Permission[] = [
  "keys.read",
  "keys.create",
  "keys.manage_own",
  "keys.manage_all",
  "keys.set_rate_limit",
  "activity.read_own_keys",
  "activity.read_all",
  "audit.read",
  "contacts.read",
  "audiences.manage",
  "campaigns.read",
  "campaigns.manage",
  "emails.read",
  "emails.cancel",
  "sending.manage",
  "members.read",
  "members.manage",
];

const PERMISSIONS = {
  viewer: new Set(VIEWER),
  marketer: new Set(MARKETER),
  admin: new Set(ADMIN),
  owner: new Set<Permission>([...ADMIN, "owners.manage"]),
} satisfies Record<Role, Set<Permission>>;

/** Whether `actor`'s role carries `permission`. */
export function can(actor: { role: Role }, permission: Permission): boolean {
  return PERMISSIONS[actor.role].has(permission);
}

/** The roles that carry `permission`. */
export function rolesWith(permission: Permission): Role[] {
  return Object.values(Role).filter((role) => can({ role }, permission));
}

/** Whether `actor` may change this key: its owner's own, or any for those who manage all. */
export function canManageKey(
  actor: { role: Role; memberId: string },
  key: { ownerId: string },
): boolean {
  if (can(actor, "keys.manage_all")) return true;
  return can(actor, "keys.manage_own") && key.ownerId === actor.memberId;
}

/** Whether `actor` may see what this key did. */
export function canSeeActivityOf(
  actor: { role: Role; memberId: string },
  key: { ownerId: string },
): boolean {
  if (can(actor, "activity.read_all")) return true;
  return can(actor, "activity.read_own_keys") && key.ownerId === actor.memberId;
}
