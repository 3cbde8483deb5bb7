import { describe, expect, test } from "vitest";
import {
  abilitiesOfRole,
  can,
  canManageKey,
  canSeeActivityOf,
  type Permission,
} from "@/lib/people/auth/permissions";
import { Role } from "@/prisma/generated/enums";

const WHO: Record<Permission, readonly Role[]> = {
  "keys.read": ["owner", "admin", "marketer", "viewer"],
  "keys.create": ["owner", "admin", "marketer"],
  "keys.manage_own": ["owner", "admin", "marketer"],
  "keys.manage_all": ["owner", "admin"],
  "keys.set_rate_limit": ["owner", "admin"],
  "activity.read_own_keys": ["owner", "admin", "marketer"],
  "activity.read_all": ["owner", "admin", "viewer"],
  "audit.read": ["owner", "admin"],
  "contacts.read": ["owner", "admin", "marketer", "viewer"],
  "contacts.delete": ["owner", "admin", "marketer"],
  "audiences.manage": ["owner", "admin", "marketer"],
  "campaigns.read": ["owner", "admin", "marketer", "viewer"],
  "campaigns.manage": ["owner", "admin", "marketer"],
  "emails.read": ["owner", "admin", "marketer", "viewer"],
  "emails.cancel": ["owner", "admin", "marketer"],
  "lists.export": ["owner", "admin", "marketer"],
  "emails.set_retention": ["owner", "admin"],
  "sending.manage": ["owner", "admin"],
  "webhooks.read": ["owner", "admin", "marketer", "viewer"],
  "webhooks.manage": ["owner", "admin"],
  "members.read": ["owner", "admin", "marketer", "viewer"],
  "members.manage": ["owner", "admin"],
  "workspace.require_second_factor": ["owner", "admin"],
  "workspace.rename": ["owner"],
  "owners.manage": ["owner"],
};

test.each(Object.entries(WHO))("%s is for %j and nobody else", (permission, roles) => {
  const allowed = Object.values(Role).filter((role) => can({ role }, permission as Permission));
  expect(allowed).toEqual(roles);
});

describe("a key of one's own and another's", () => {
  const mine = { ownerId: "mem_me" };
  const theirs = { ownerId: "mem_other" };

  test.each([
    ["owner", { manage: [true, true], see: [true, true] }],
    ["admin", { manage: [true, true], see: [true, true] }],
    ["marketer", { manage: [true, false], see: [true, false] }],
    ["viewer", { manage: [false, false], see: [true, true] }],
  ] as const)("%s: %j", (role, { manage, see }) => {
    const actor = { role, memberId: "mem_me" };
    expect([canManageKey(actor, mine), canManageKey(actor, theirs)]).toEqual(manage);
    expect([canSeeActivityOf(actor, mine), canSeeActivityOf(actor, theirs)]).toEqual(see);
  });
});

test.each([
  [
    "owner",
    "Everything an admin can do. Also renames the workspace and decides who the owners are.",
  ],
  [
    "admin",
    "Everything a marketer can do. Also sees all activity and the audit log, manages every key, sets rate limits, decides how long texts of emails are kept, sets up sending, sets up webhooks, invites and removes members and decides whether everybody needs a second factor.",
  ],
  [
    "marketer",
    "Sees API keys, the activity of their keys, contacts and audiences, campaigns and templates, emails, webhooks and members. Creates API keys, manages their own keys, deletes contacts, creates and changes audiences, writes and sends campaigns, cancels emails and exports lists.",
  ],
  [
    "viewer",
    "Sees API keys, all activity, contacts and audiences, campaigns and templates, emails, webhooks and members. Changes nothing.",
  ],
] as const)("%s: %s", (role, words) => {
  expect(abilitiesOfRole(role)).toBe(words);
});

test("a role is told by another one only where it may do all that the other one may", () => {
  const everything = Object.keys(WHO) as Permission[];
  for (const [role, lesser] of [
    ["owner", "admin"],
    ["admin", "marketer"],
  ] as const) {
    const held = everything.filter((permission) => can({ role: lesser }, permission));
    expect(held.filter((permission) => !can({ role }, permission))).toEqual([]);
  }
});
