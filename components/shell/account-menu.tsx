"use client";

import { CircleUserRound, Keyboard, LogOut, Monitor, Moon, Search, Sun } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { Theme } from "@/lib/platform/theme";
import { useOpenPanel } from "./shell-panels";
import { leaveConsole } from "./sign-out";
import { applyTheme } from "./theme";

const THEMES = [
  { value: "light", label: "Light", Icon: Sun },
  { value: "dark", label: "Dark", Icon: Moon },
  { value: "system", label: "System", Icon: Monitor },
] as const;

/** The signed-in member's name, and their own settings. */
export function AccountMenu({ name, theme }: { name: string; theme: Theme }) {
  const openPanel = useOpenPanel();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`Account of ${name}`}
        className="flex w-full min-w-0 items-center gap-2 rounded-sm p-2 text-left text-sm hover:bg-bg-sunken max-md:min-h-10"
      >
        <Avatar name={name} />
        <bdi className="truncate">{name}</bdi>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-52">
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
      </DropdownMenuContent>
    </DropdownMenu>
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
