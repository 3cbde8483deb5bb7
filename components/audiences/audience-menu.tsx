"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { rowButtonId } from "@/components/ui/return-focus";
import type { AudienceListActions } from "./audience-table";
import { audiencesList } from "./audiences-url";
import { type DeletableAudience, DeleteAudienceDialog } from "./delete-audience-dialog";
import { RenameAudienceDialog } from "./rename-audience-dialog";

type AudienceMenuProps = { audience: DeletableAudience; actions: AudienceListActions };

/** What else can be done with an audience, on its own page. */
export function AudienceMenu({ audience, actions }: AudienceMenuProps) {
  const router = useRouter();
  const [doing, setDoing] = useState<"rename" | "delete">();
  const stop = () => setDoing(undefined);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button
            id={rowButtonId(audience.id)}
            size="icon"
            aria-label={`Manage ${audience.name}`}
            className="max-md:flex-none!"
          >
            <Ellipsis aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => setDoing("rename")}>
            <Pencil aria-hidden />
            Rename
          </DropdownMenuItem>
          <DropdownMenuItem tone="danger" onSelect={() => setDoing("delete")}>
            <Trash2 aria-hidden />
            Delete
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {doing === "rename" && (
        <RenameAudienceDialog audience={audience} edit={actions.edit} onClose={stop} />
      )}
      {doing === "delete" && (
        <DeleteAudienceDialog
          audience={audience}
          actions={actions}
          onClose={stop}
          onDeleted={() => router.push(audiencesList.url({ environment: audience.environment }))}
        />
      )}
    </>
  );
}
