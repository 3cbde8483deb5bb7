import { listed } from "@/lib/platform/format/list";
import type { Role } from "@/prisma/generated/enums";

/** A permission in words, such as "sees contacts" or "sends campaigns", and the roles that carry it. */
type PermissionFacts = { roles: readonly Role[] } & ({ sees: string } | { does: string });

/** Everything a member can be allowed to do in their workspace. */
const PERMISSIONS = {
  "keys.read": { roles: ["owner", "admin", "marketer", "viewer"], sees: "API keys" },
  "keys.create": { roles: ["owner", "admin", "marketer"], does: "creates API keys" },
  "keys.manage_own": { roles: ["owner", "admin", "marketer"], does: "manages their own keys" },
  "keys.manage_all": { roles: ["owner", "admin"], does: "manages every key" },
  "keys.set_rate_limit": { roles: ["owner", "admin"], does: "sets rate limits" },
  "activity.read_own_keys": {
    roles: ["owner", "admin", "marketer"],
    sees: "the activity of their keys",
  },
  "activity.read_all": { roles: ["owner", "admin", "viewer"], sees: "all activity" },
  "audit.read": { roles: ["owner", "admin"], sees: "the audit log" },
  "contacts.read": {
    roles: ["owner", "admin", "marketer", "viewer"],
    sees: "contacts and audiences",
  },
  "contacts.delete": { roles: ["owner", "admin", "marketer"], does: "deletes contacts" },
  "audiences.manage": {
    roles: ["owner", "admin", "marketer"],
    does: "creates and changes audiences",
  },
  "campaigns.read": {
    roles: ["owner", "admin", "marketer", "viewer"],
    sees: "campaigns and templates",
  },
  "campaigns.manage": { roles: ["owner", "admin", "marketer"], does: "writes and sends campaigns" },
  "emails.read": { roles: ["owner", "admin", "marketer", "viewer"], sees: "emails" },
  "emails.cancel": { roles: ["owner", "admin", "marketer"], does: "cancels emails" },
  "lists.export": { roles: ["owner", "admin", "marketer"], does: "exports lists" },
  "emails.set_retention": {
    roles: ["owner", "admin"],
    does: "decides how long texts of emails are kept",
  },
  "sending.manage": { roles: ["owner", "admin"], does: "sets up sending" },
  "webhooks.read": { roles: ["owner", "admin", "marketer", "viewer"], sees: "webhooks" },
  "webhooks.manage": { roles: ["owner", "admin"], does: "sets up webhooks" },
  "members.read": { roles: ["owner", "admin", "marketer", "viewer"], sees: "members" },
  "members.manage": { roles: ["owner", "admin"], does: "invites and removes members" },
  "workspace.require_second_factor": {
    roles: ["owner", "admin"],
    does: "decides whether everybody needs a second factor",
  },
  "workspace.rename": { roles: ["owner"], does: "renames the workspace" },
  "owners.manage": { roles: ["owner"], does: "decides who the owners are" },
} satisfies Record<string, PermissionFacts>;

export type Permission = keyof typeof PERMISSIONS;

/** Whether `actor`'s role carries `permission`. */
export function can(actor: { role: Role }, permission: Permission): boolean {
  return rolesWith(permission).includes(actor.role);
}

/** The roles that carry `permission`. */
export function rolesWith(permission: Permission): readonly Role[] {
  return PERMISSIONS[permission].roles;
}

/** The permissions that say less than another one of the same role. */
const SAID_BY: Partial<Record<Permission, Permission>> = {
  "keys.manage_own": "keys.manage_all",
  "activity.read_own_keys": "activity.read_all",
};

/** Roles that may do all that another one may, named as in a sentence. */
const LESSER: Partial<Record<Role, { role: Role; named: string }>> = {
  owner: { role: "admin", named: "an admin" },
  admin: { role: "marketer", named: "a marketer" },
};

/** A role's permissions, in a sentence or two made of its permissions: only what it adds where it holds another one. */
export function abilitiesOfRole(role: Role): string {
  const lesser = LESSER[role];
  const held = Object.keys(PERMISSIONS)
    .map((name) => name as Permission)
    .filter((name) => can({ role }, name) && !isSaidBy(SAID_BY[name], role))
    .filter((name) => !lesser || !can(lesser, name))
    .map((name): PermissionFacts => PERMISSIONS[name]);
  const sees = held.flatMap((facts) => ("sees" in facts ? [facts.sees] : []));
  const does = held.flatMap((facts) => ("does" in facts ? [facts.does] : []));
  if (lesser) {
    const added = sees.length > 0 ? [`sees ${listed(sees, "and")}`, ...does] : does;
    return `Everything ${lesser.named} can do. Also ${listed(added, "and")}.`;
  }
  return `Sees ${listed(sees, "and")}. ${does.length > 0 ? capitalized(listed(does, "and")) : "Changes nothing"}.`;
}

function isSaidBy(more: Permission | undefined, role: Role): boolean {
  return more !== undefined && can({ role }, more);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
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
