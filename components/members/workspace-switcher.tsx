"use client";

import { ChevronsUpDown } from "lucide-react";
import { useState } from "react";
import { WorkspaceMark } from "@/components/shell/workspace-mark";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { onDemand, useOnDemand } from "@/components/ui/on-demand";
import type { WorkspaceChoice } from "@/lib/people/accounts/workspaces";

const choicesPart = onDemand(() => import("./workspace-choices"));

export type WorkspaceSwitcherProps = {
  current: WorkspaceChoice;
  /** All that the person is a member of, the current one among them. */
  workspaces: readonly WorkspaceChoice[];
};

/** The open workspace; a menu of all of them for people who are in more than one. */
export function WorkspaceSwitcher({ current, workspaces }: WorkspaceSwitcherProps) {
  const [asked, setAsked] = useState(false);
  const parts = useOnDemand(choicesPart, asked);
  if (workspaces.length < 2) return <WorkspaceMark name={current.name} />;

  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        onClick={() => setAsked(true)}
        aria-label={`Workspace ${current.name}, switch`}
        className="-mx-2 -my-1.5 flex w-[calc(100%+16px)] min-w-0 items-center gap-2 rounded-sm px-2 py-1.5 text-left hover:bg-bg-sunken max-md:min-h-10"
      >
        <span className="min-w-0 flex-1">
          <WorkspaceMark name={current.name} />
        </span>
        <ChevronsUpDown aria-hidden className="size-4 text-ink-3" />
      </DropdownMenuTrigger>
      {parts && (
        <DropdownMenuContent align="start" className="max-w-72">
          <parts.WorkspaceChoices current={current} workspaces={workspaces} />
        </DropdownMenuContent>
      )}
    </DropdownMenu>
  );
}
