"use client";

import { useState } from "react";
import {
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
} from "@/components/ui/dropdown-menu";
import { switchWorkspaceAction } from "@/lib/people/accounts/actions";
import type { WorkspaceSwitcherProps } from "./workspace-switcher";

/** The workspaces to choose from, in the menu of the open one. */
export function WorkspaceChoices({ current, workspaces }: WorkspaceSwitcherProps) {
  const [switching, setSwitching] = useState(false);

  async function open(workspaceId: string) {
    if (workspaceId === current.id || switching) return;
    setSwitching(true);
    const result = await switchWorkspaceAction({ workspaceId }).catch(() => null);
    // A full load: nothing of the other workspace stays in this tab.
    if (result?.ok) window.location.assign(result.value.path);
    else window.location.reload();
  }

  return (
    <>
      <DropdownMenuLabel>Workspaces</DropdownMenuLabel>
      <DropdownMenuRadioGroup value={current.id} onValueChange={(id) => void open(id)}>
        {workspaces.map(({ id, name }) => (
          <DropdownMenuRadioItem key={id} value={id}>
            <bdi className="truncate">{name}</bdi>
          </DropdownMenuRadioItem>
        ))}
      </DropdownMenuRadioGroup>
    </>
  );
}
