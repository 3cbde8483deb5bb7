"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { useEnvironmentSeen } from "@/components/ui/environment-seen";
import { Link } from "@/components/ui/link";
import { hrefIn } from "./destination";
import type { NavGroup, NavItem } from "./nav";

/** The icons of the pages, drawn on the server: the sidebar needs none of their script. */
export type NavIcons = Record<NavItem["icon"], ReactNode>;

type NavListProps = { groups: readonly NavGroup[]; icons: NavIcons; onNavigate?: () => void };

/** The links of the console, the current one marked. */
export function NavList({ groups, icons, onNavigate }: NavListProps) {
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
                  icon={icons[item.icon]}
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
  icon: ReactNode;
  current: boolean;
  onNavigate: (() => void) | undefined;
};

function NavLink({ item, icon, current, onNavigate }: NavLinkProps) {
  const environment = useEnvironmentSeen();
  return (
    <Link
      href={hrefIn(environment, item)}
      {...(onNavigate && { onClick: onNavigate })}
      {...(current && { "aria-current": "page" as const })}
      className={cn(
        "flex h-[30px] items-center gap-2 rounded-sm px-2 text-ink-2 text-sm hover:text-ink max-md:h-10",
        current && "bg-surface font-medium text-ink shadow-raised ring-1 ring-line",
      )}
    >
      <span className={cn("contents", current ? "text-accent" : "text-ink-3")}>{icon}</span>
      {item.label}
    </Link>
  );
}

function isWithin(pathname: string, href: string): boolean {
  return pathname === href || pathname.startsWith(`${href}/`);
}
