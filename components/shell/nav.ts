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

export type NavGroup = { label: string; items: readonly NavItem[] };

const campaigns: readonly NavItem[] = [
  { href: "/campaigns", label: "Campaigns", icon: "campaigns" },
  { href: "/templates", label: "Templates", icon: "templates" },
];

const emails: readonly NavItem[] = [
  { href: "/emails", label: "Emails", icon: "emails" },
  { href: "/outbox", label: "Outbox", icon: "outbox" },
];

/** The pages that a person of this role can open, as the sidebar and the palette group them. */
export function navFor(role: Role): readonly NavGroup[] {
  const audit: NavItem = { href: "/settings/audit", label: "Audit log", icon: "audit" };
  const people: NavGroup = {
    label: "People",
    items: [
      { href: "/contacts", label: "Contacts", icon: "contacts" },
      { href: "/audiences", label: "Audiences", icon: "audiences" },
    ],
  };
  const messages: NavGroup = {
    label: "Messages",
    items: [
      ...(can({ role }, "campaigns.read") ? campaigns : []),
      ...(can({ role }, "emails.read") ? emails : []),
    ],
  };
  const sending: NavItem = { href: "/settings/sending", label: "Sending", icon: "sending" };
  return [
    ...(can({ role }, "contacts.read") ? [people] : []),
    ...(messages.items.length > 0 ? [messages] : []),
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
        { href: "/docs/api", label: "API docs", icon: "docs" },
      ],
    },
  ];
}
