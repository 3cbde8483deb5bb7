import { can } from "@/lib/auth/permissions";
import type { Role } from "@/prisma/generated/enums";

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

/** Some of the console's pages. Those of the product itself stand first, without a heading. */
export type NavGroup = { label: string | null; items: readonly NavItem[] };

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
