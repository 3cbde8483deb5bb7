import { can, type Permission } from "@/lib/people/auth/permissions";
import type { Environment, Role } from "@/prisma/generated/enums";

/** A page of the console in the sidebar and the palette. */
export type NavItem = {
  href: string;
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
    | "audit"
    | "members"
    | "sending"
    | "docs";
  /** The permission that opens the page. Every role may open one that names none. */
  permission?: Permission;
  /** Whether live and test have a page each, told apart by `?environment=test`. */
  hasEnvironments?: true;
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
export type Creation = { label: string; href: `/${string}/new`; permission: Permission };

const CREATIONS: readonly Creation[] = [
  { label: "Create API key", href: "/settings/api-keys/new", permission: "keys.create" },
  { label: "Create audience", href: "/audiences/new", permission: "audiences.manage" },
  { label: "Create campaign", href: "/campaigns/new", permission: "campaigns.manage" },
  { label: "Create template", href: "/templates/new", permission: "campaigns.manage" },
];

/** The things a member with this role can create. `c` creates the first where the page lists nothing else. */
export function creationsFor(role: Role): readonly Creation[] {
  return CREATIONS.filter(({ permission }) => can({ role }, permission));
}

/** The form that `c` opens on the page at `pathname`: for what the page lists, else for a new key. */
export function creationAt(pathname: string, creations: readonly Creation[]): string | null {
  const here = creations.find(({ href }) => pathname.startsWith(listOf(href)));
  return (here ?? creations[0])?.href ?? null;
}

const WITH_ENVIRONMENTS = new Set(
  GROUPS.flatMap(({ items }) => items.flatMap((item) => (item.hasEnvironments ? item.href : []))),
);

/**
 * The URL of a console page in an environment. It names only test, and only for pages that have environments.
 */
export function hrefIn(environment: Environment, href: string): string {
  const isTest = environment === "test" && WITH_ENVIRONMENTS.has(listOf(href));
  return isTest ? `${href}?environment=test` : href;
}

/** The list that a form for something new belongs to. */
function listOf(href: string): string {
  return href.replace(/\/new$/, "");
}
