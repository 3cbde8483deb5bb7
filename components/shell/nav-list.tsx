"use client";

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
  UserCog,
  UsersRound,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/class-names";
import { useEnvironmentSeen } from "@/components/ui/environment-seen";
import { hrefIn, type NavGroup, type NavItem } from "./nav";

export const NAV_ICONS = {
  contacts: ContactRound,
  audiences: UsersRound,
  campaigns: Megaphone,
  templates: LayoutTemplate,
  emails: Mail,
  outbox: Inbox,
  keys: KeyRound,
  activity: Activity,
  audit: ScrollText,
  members: UserCog,
  sending: Send,
  docs: BookOpen,
} satisfies Record<NavItem["icon"], unknown>;

type NavListProps = { groups: readonly NavGroup[]; onNavigate?: () => void };

/** The links of the console, the current one marked. */
export function NavList({ groups, onNavigate }: NavListProps) {
  const pathname = usePathname();
  return (
    <nav aria-label="Console">
      {groups.map((group) => (
        <div key={group.label} className="not-first:mt-3">
          {group.label && <h2 className="px-2 pt-0.5 pb-1 text-ink-3 text-xs">{group.label}</h2>}
          <ul className="grid gap-0.5">
            {group.items.map((item) => (
              <li key={item.href}>
                <NavLink
                  item={item}
                  current={isWithin(pathname, item.href)}
                  onNavigate={onNavigate}
                />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

type NavLinkProps = {
  item: NavItem;
  current: boolean;
  onNavigate: (() => void) | undefined;
};

function NavLink({ item, current, onNavigate }: NavLinkProps) {
  const environment = useEnvironmentSeen();
  const Icon = NAV_ICONS[item.icon];
  return (
    <Link
      href={hrefIn(environment, item.href)}
      {...(onNavigate && { onClick: onNavigate })}
      {...(current && { "aria-current": "page" as const })}
      className={cn(
        "flex h-[30px] items-center gap-2 rounded-sm px-2 text-ink-2 text-sm hover:text-ink max-md:h-10",
        current && "bg-surface font-medium text-ink shadow-raised ring-1 ring-line",
      )}
    >
      <Icon aria-hidden className={cn("size-4", current ? "text-accent" : "text-ink-3")} />
      {item.label}
    </Link>
  );
}

function isWithin(pathname: string, href: string): boolean {
  return pathname === href || pathname.startsWith(`${href}/`);
}
