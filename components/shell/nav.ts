import { can } from "@/lib/people/auth/permissions";
import type { Environment, Role } from "@/prisma/generated/enums";

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
};

/** A group of the console's pages. The pages of the product itself come first, without a heading. */
export type NavGroup = { label: string | null; items: readonly NavItem[] };

/** A page where something new is made, in words and by where `c` leads there. */
export type Creation = { label: string; href: string };

/** The things a member with this role can create. `c` creates the first where the page lists nothing else. */
export function creationsFor(role: Role): readonly Creation[] {
  const key = { label: "Create API key", href: "/settings/api-keys/new" };
  const audience = { label: "Create audience", href: "/audiences/new" };
  const messages = [
    { label: "Create campaign", href: "/campaigns/new" },
    { label: "Create template", href: "/templates/new" },
  ];
  return [
    ...(can({ role }, "keys.create") ? [key] : []),
    ...(can({ role }, "audiences.manage") ? [audience] : []),
    ...(can({ role }, "campaigns.manage") ? messages : []),
  ];
}

const WITH_ENVIRONMENTS =
  /^\/(contacts|audiences|campaigns|templates|emails|outbox|settings\/sending)(\/new)?$/;

/**
 * The URL of a console page in an environment. It names only test, and only for pages that have environments.
 */
export function hrefIn(environment: Environment, href: string): string {
  const isTest = environment === "test" && WITH_ENVIRONMENTS.test(href);
  return isTest ? `${href}?environment=test` : href;
}

/** The form that `c` opens on the page at `pathname`: for what the page lists, else for a new key. */
export function creationAt(pathname: string, creations: readonly Creation[]): string | null {
  const here = creations.find(({ href }) => pathname.startsWith(href.replace(/\/new$/, "")));
  return (here ?? creations[0])?.href ?? null;
}

/** The pages that a person of this role can open, as the sidebar and the palette group them. */
export function navFor(role: Role): readonly NavGroup[] {
  const contacts: readonly NavItem[] = [
    { href: "/contacts", label: "Contacts", icon: "contacts" },
    { href: "/audiences", label: "Audiences", icon: "audiences" },
  ];
  const campaigns: readonly NavItem[] = [
    { href: "/campaigns", label: "Campaigns", icon: "campaigns" },
    { href: "/templates", label: "Templates", icon: "templates" },
  ];
  const emails: readonly NavItem[] = [
    { href: "/emails", label: "Emails", icon: "emails" },
    { href: "/outbox", label: "Outbox", icon: "outbox" },
  ];
  const audit: NavItem = { href: "/settings/audit", label: "Audit log", icon: "audit" };
  const sending: NavItem = { href: "/settings/sending", label: "Sending", icon: "sending" };
  const groups: readonly NavGroup[] = [
    {
      label: null,
      items: [
        ...(can({ role }, "contacts.read") ? contacts : []),
        ...(can({ role }, "campaigns.read") ? campaigns : []),
        ...(can({ role }, "emails.read") ? emails : []),
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
        ...(can({ role }, "audit.read") ? [audit] : []),
        { href: "/settings/members", label: "Members", icon: "members" },
        ...(can({ role }, "sending.manage") ? [sending] : []),
        { href: "/docs/api", label: "API reference", icon: "docs" },
      ],
    },
  ];
  return groups.filter(({ items }) => items.length > 0);
}
