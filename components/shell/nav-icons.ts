import {
  Activity,
  BookOpen,
  ContactRound,
  Inbox,
  KeyRound,
  LayoutTemplate,
  Mail,
  Megaphone,
  ScrollText,
  Send,
  ShieldCheck,
  UserCog,
  UsersRound,
  Webhook,
} from "lucide-react";
import type { NavItem } from "./nav";

export const NAV_ICONS = {
  contacts: ContactRound,
  audiences: UsersRound,
  campaigns: Megaphone,
  templates: LayoutTemplate,
  emails: Mail,
  outbox: Inbox,
  keys: KeyRound,
  activity: Activity,
  security: ShieldCheck,
  webhooks: Webhook,
  audit: ScrollText,
  members: UserCog,
  sending: Send,
  docs: BookOpen,
} satisfies Record<NavItem["icon"], unknown>;
