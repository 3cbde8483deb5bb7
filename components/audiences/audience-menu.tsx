"use client";

import { ListFilter, Pencil, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import { onDemand, useOnDemand } from "@/components/ui/on-demand";
import { rowButtonId } from "@/components/ui/return-focus";
import { RowMenu } from "@/components/ui/row-menu";
import { audiencesList, editAudienceUrl } from "./audiences-url";
import { type DeletableAudience, DeleteAudienceDialog } from "./delete-audience-dialog";

const renamePart = onDemand(() => import("./rename-audience-dialog"));

/** An audience with the dialog that its menu opened. */
export type AudienceInDialog = { what: "rename" | "delete"; audience: DeletableAudience };

/** What else can be done with an audience, on its own page. */
export function AudienceMenu({ audience }: { audience: DeletableAudience }) {
  const router = useRouter();
  const [asked, setAsked] = useState<AudienceInDialog>();
  return (
    <>
      <RowMenu
        id={rowButtonId(audience.id)}
        variant="secondary"
        label={`Manage ${audience.name}`}
        className="max-md:flex-none!"
      >
        <RenameAndDelete onAsk={(what) => setAsked({ what, audience })} />
      </RowMenu>
      <AudienceDialogs
        asked={asked}
        onClose={() => setAsked(undefined)}
        onDeleted={() => router.push(audiencesList.url({ environment: audience.environment }))}
      />
    </>
  );
}

type AudienceRowMenuProps = {
  audience: DeletableAudience & { rule: unknown };
  onAsk: (asked: AudienceInDialog) => void;
};

/** What can be done with an audience in its row. The dialogs stay with the table when the row goes. */
export function AudienceRowMenu({ audience, onAsk }: AudienceRowMenuProps) {
  const router = useRouter();
  return (
    <RowMenu id={rowButtonId(audience.id)} label={`Manage ${audience.name}`}>
      {audience.rule !== null && (
        <DropdownMenuItem onSelect={() => router.push(editAudienceUrl(audience))}>
          <ListFilter aria-hidden />
          Edit rule
        </DropdownMenuItem>
      )}
      <RenameAndDelete onAsk={(what) => onAsk({ what, audience })} />
    </RowMenu>
  );
}

function RenameAndDelete({ onAsk }: { onAsk: (what: AudienceInDialog["what"]) => void }) {
  return (
    <>
      <DropdownMenuItem onSelect={() => onAsk("rename")}>
        <Pencil aria-hidden />
        Rename
      </DropdownMenuItem>
      <DropdownMenuItem tone="danger" onSelect={() => onAsk("delete")}>
        <Trash2 aria-hidden />
        Delete
      </DropdownMenuItem>
    </>
  );
}

type AudienceDialogsProps = {
  asked: AudienceInDialog | undefined;
  onClose: () => void;
  onDeleted?: () => void;
};

/** The dialog that an audience's menu opened, if one is open. */
export function AudienceDialogs({ asked, onClose, onDeleted }: AudienceDialogsProps) {
  const renaming = useOnDemand(renamePart, asked?.what === "rename");
  if (!asked) return null;
  const { what, audience } = asked;
  if (what === "rename") {
    return renaming && <renaming.RenameAudienceDialog audience={audience} onClose={onClose} />;
  }
  return (
    <DeleteAudienceDialog audience={audience} onClose={onClose} {...(onDeleted && { onDeleted })} />
  );
}
