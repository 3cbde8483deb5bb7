"use client";

import { ChevronsUpDown } from "lucide-react";
import { useState } from "react";
import { WorkspaceMark } from "@/components/shell/workspace-mark";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { switchWorkspaceAction } from "@/lib/people/accounts/actions";
import type { WorkspaceChoice } from "@/lib/people/accounts/workspaces";

type WorkspaceSwitcherProps = {
  current: WorkspaceChoice;
  /** All that the person is a member of, the current one among them. */
  workspaces: readonly WorkspaceChoice[];
};

/** The open workspace; a menu of all of them for people who are in more than one. */
export function WorkspaceSwitcher({ current, workspaces }: WorkspaceSwitcherProps) {
  const [switching, setSwitching] = useState(false);
  if (workspaces.length < 2) return <WorkspaceMark name={current.name} />;

  async function open(workspaceId: string) {
    if (workspaceId === current.id || switching) return;
    setSwitching(true);
    const result = await switchWorkspaceAction({ workspaceId }).catch(() => null);
    // A full load: nothing of the other workspace stays in this tab.
    if (result?.ok) window.location.assign(result.value.path);
    else window.location.reload();
  }

  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`Workspace ${current.name}, switch`}
        className="-mx-2 -my-1.5 flex w-[calc(100%+16px)] min-w-0 items-center gap-2 rounded-sm px-2 py-1.5 text-left hover:bg-bg-sunken max-md:min-h-10"
      >
        <span className="min-w-0 flex-1">
          <WorkspaceMark name={current.name} />
        </span>
        <ChevronsUpDown aria-hidden className="size-4 text-ink-3" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="max-w-72">
        <DropdownMenuLabel>Workspaces</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={current.id} onValueChange={(id) => void open(id)}>
          {workspaces.map(({ id, name }) => (
            <DropdownMenuRadioItem key={id} value={id}>
              <bdi className="truncate">{name}</bdi>
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
