"use client";

import { useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { onDemand, useOnDemand } from "@/components/ui/on-demand";
import type { Theme } from "@/lib/platform/theme";

const itemsPart = onDemand(() => import("./account-menu-items"));

/** The signed-in member's name, and their own settings. */
export function AccountMenu({ name, theme }: { name: string; theme: Theme }) {
  const [asked, setAsked] = useState(false);
  const parts = useOnDemand(itemsPart, asked);
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        onClick={() => setAsked(true)}
        aria-label={`Account of ${name}`}
        className="flex w-full min-w-0 items-center gap-2 rounded-sm p-2 text-left text-sm hover:bg-bg-sunken max-md:min-h-10"
      >
        <Avatar name={name} />
        <bdi className="truncate">{name}</bdi>
      </DropdownMenuTrigger>
      {parts && (
        <DropdownMenuContent align="start" className="w-52">
          <parts.AccountMenuItems theme={theme} />
        </DropdownMenuContent>
      )}
    </DropdownMenu>
  );
}
