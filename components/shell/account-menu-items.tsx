"use client";

import { CircleUserRound, Keyboard, LogOut, Monitor, Moon, Search, Sun } from "lucide-react";
import { useState } from "react";
import {
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
} from "@/components/ui/dropdown-menu";
import { Link } from "@/components/ui/link";
import type { Theme } from "@/lib/platform/theme";
import { useOpenPanel } from "./shell-panels";
import { leaveConsole } from "./sign-out";
import { applyTheme } from "./theme";

const THEMES = [
  { value: "light", label: "Light", Icon: Sun },
  { value: "dark", label: "Dark", Icon: Moon },
  { value: "system", label: "System", Icon: Monitor },
] as const;

/** The entries of the menu under a member's name. */
export function AccountMenuItems({ theme }: { theme: Theme }) {
  const openPanel = useOpenPanel();
  return (
    <>
      <DropdownMenuItem asChild>
        <Link href="/settings/account">
          <CircleUserRound aria-hidden />
          Account
        </Link>
      </DropdownMenuItem>
      <DropdownMenuItem onSelect={() => openPanel("palette")}>
        <Search aria-hidden />
        Go to…
        <span className="ml-auto text-ink-3 text-xs">⌘K</span>
      </DropdownMenuItem>
      <DropdownMenuItem onSelect={() => openPanel("help")} className="max-md:hidden">
        <Keyboard aria-hidden />
        Keyboard shortcuts
        <span className="ml-auto text-ink-3 text-xs">?</span>
      </DropdownMenuItem>
      <DropdownMenuSeparator />
      <ThemeChoice theme={theme} />
      <DropdownMenuSeparator />
      <DropdownMenuItem onSelect={() => void leaveConsole()}>
        <LogOut aria-hidden />
        Sign out
      </DropdownMenuItem>
    </>
  );
}

function ThemeChoice({ theme }: { theme: Theme }) {
  const [chosen, setChosen] = useState<Theme>(theme);

  function choose(value: string) {
    const next = THEMES.find((option) => option.value === value)?.value ?? "system";
    setChosen(next);
    void applyTheme(next);
  }

  return (
    <>
      <DropdownMenuLabel>Theme</DropdownMenuLabel>
      <DropdownMenuRadioGroup value={chosen} onValueChange={choose}>
        {THEMES.map(({ value, label, Icon }) => (
          <DropdownMenuRadioItem key={value} value={value}>
            <Icon aria-hidden />
            {label}
          </DropdownMenuRadioItem>
        ))}
      </DropdownMenuRadioGroup>
    </>
  );
}
