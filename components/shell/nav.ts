import { can, type Permission } from "@/lib/people/auth/permissions";
import type { Role } from "@/prisma/generated/enums";
import type { Destination } from "./destination";

/** A page of the console in the sidebar and the palette. */
export type NavItem = Destination & {
  label: string;
  icon:
    | "contacts"
    | "audiences"
    | "campaigns"
    | "templates"
    | "emails"
    | "outbox"
    | "keys"
    | "activity"
    | "security"
    | "webhooks"
    | "audit"
    | "members"
    | "sending"
    | "docs";
  /** The permission that opens the page. Every role may open one that names none. */
  permission?: Permission;
};

/** A group of the console's pages. The pages of the product itself come first, without a heading. */
export type NavGroup = { label: string | null; items: readonly NavItem[] };

const GROUPS: readonly NavGroup[] = [
  {
    label: null,
    items: [
      {
        href: "/contacts",
        label: "Contacts",
        icon: "contacts",
        permission: "contacts.read",
        hasEnvironments: true,
      },
      {
        href: "/audiences",
        label: "Audiences",
        icon: "audiences",
        permission: "contacts.read",
        hasEnvironments: true,
      },
      {
        href: "/campaigns",
        label: "Campaigns",
        icon: "campaigns",
        permission: "campaigns.read",
        hasEnvironments: true,
      },
      {
        href: "/templates",
        label: "Templates",
        icon: "templates",
        permission: "campaigns.read",
        hasEnvironments: true,
      },
      {
        href: "/emails",
        label: "Emails",
        icon: "emails",
        permission: "emails.read",
        hasEnvironments: true,
      },
      {
        href: "/outbox",
        label: "Outbox",
        icon: "outbox",
        permission: "emails.read",
        hasEnvironments: true,
      },
    ],
  },
  {
    label: "API access",
    items: [
      { href: "/settings/api-keys", label: "API keys", icon: "keys" },
      { href: "/settings/activity", label: "Activity", icon: "activity" },
      { href: "/settings/security", label: "Security", icon: "security" },
      {
        href: "/settings/webhooks",
        label: "Webhooks",
        icon: "webhooks",
        permission: "webhooks.read",
        hasEnvironments: true,
      },
    ],
  },
  {
    label: "Workspace",
    items: [
      { href: "/settings/audit", label: "Audit log", icon: "audit", permission: "audit.read" },
      { href: "/settings/members", label: "Members", icon: "members" },
      {
        href: "/settings/sending",
        label: "Sending",
        icon: "sending",
        permission: "sending.manage",
        hasEnvironments: true,
      },
      { href: "/docs/api", label: "API reference", icon: "docs" },
    ],
  },
];

/** The pages that a person of this role can open, as the sidebar and the palette group them. */
export function navFor(role: Role): readonly NavGroup[] {
  return GROUPS.map(({ label, items }) => ({
    label,
    items: items.filter(({ permission }) => !permission || can({ role }, permission)),
  })).filter(({ items }) => items.length > 0);
}

/** A form where something new is made: its page, in words, and who may open it. */
export type Creation = Destination & {
  label: string;
  href: `/${string}/new`;
  permission: Permission;
};

const CREATIONS: readonly Creation[] = [
  { label: "Create API key", href: "/settings/api-keys/new", permission: "keys.create" },
  {
    label: "Create audience",
    href: "/audiences/new",
    permission: "audiences.manage",
    hasEnvironments: true,
  },
  {
    label: "Create campaign",
    href: "/campaigns/new",
    permission: "campaigns.manage",
    hasEnvironments: true,
  },
  {
    label: "Add webhook",
    href: "/settings/webhooks/new",
    permission: "webhooks.manage",
    hasEnvironments: true,
  },
  {
    label: "Create template",
    href: "/templates/new",
    permission: "campaigns.manage",
    hasEnvironments: true,
  },
];

/** The things a member with this role can create. `c` creates the first where the page lists nothing else. */
export function creationsFor(role: Role): readonly Creation[] {
  return CREATIONS.filter(({ permission }) => can({ role }, permission));
}
