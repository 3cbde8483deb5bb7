"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { returnFocusTo, rowButtonId } from "@/components/members/return-focus";
import { Tag } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import type { CountedAudience } from "@/lib/audiences/member-audiences";
import { formatCount } from "@/lib/format/number";
import type { AudienceActions } from "./audience-actions";
import { AudienceNameForm } from "./audience-name-form";
import { membersAddress } from "./audiences-address";
import { DeleteAudienceDialog } from "./delete-audience-dialog";

type AudienceTableProps = {
  audiences: readonly CountedAudience[];
  actions: AudienceActions;
  mayManage: boolean;
};

type Doing = { what: "rename" | "delete"; audience: CountedAudience };

/** The audiences with how many are in each; a name leads to its contacts. */
export function AudienceTable({ audiences, actions, mayManage }: AudienceTableProps) {
  const [doing, setDoing] = useState<Doing>();
  const stop = () => setDoing(undefined);
  return (
    <>
      <Table label="Audiences">
        <thead>
          <Tr>
            <Th>Name</Th>
            <Th className="max-md:hidden">Kind</Th>
            <Th className="text-right">Contacts</Th>
            <Th className="text-right max-md:hidden">Created</Th>
            {mayManage && (
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            )}
          </Tr>
        </thead>
        <tbody>
          {audiences.map((audience) => (
            <Tr key={audience.id} className="hover:bg-bg-subtle">
              <Td className="max-w-80">
                <Link
                  href={membersAddress(audience)}
                  data-row-link
                  className="block truncate font-medium hover:underline"
                >
                  <bdi>{audience.name}</bdi>
                </Link>
              </Td>
              <Td className="max-md:hidden">
                <Tag>{audience.rule === null ? "List" : "Rule"}</Tag>
              </Td>
              <Td className="text-right tabular-nums">{formatCount(audience.contacts)}</Td>
              <Td className="whitespace-nowrap text-right text-ink-2 max-md:hidden">
                <Time at={audience.createdAt} />
              </Td>
              {mayManage && (
                <Td className="w-12 text-right">
                  <RowMenu audience={audience} onDo={(what) => setDoing({ what, audience })} />
                </Td>
              )}
            </Tr>
          ))}
        </tbody>
      </Table>
      {doing?.what === "rename" && (
        <RenameDialog audience={doing.audience} rename={actions.rename} onClose={stop} />
      )}
      {doing?.what === "delete" && (
        <DeleteAudienceDialog audience={doing.audience} actions={actions} onClose={stop} />
      )}
    </>
  );
}

type RowMenuProps = { audience: CountedAudience; onDo: (what: Doing["what"]) => void };

function RowMenu({ audience, onDo }: RowMenuProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          id={rowButtonId(audience.id)}
          variant="ghost"
          size="icon"
          aria-label={`Manage ${audience.name}`}
        >
          <Ellipsis aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuItem onSelect={() => onDo("rename")}>
          <Pencil aria-hidden />
          Rename
        </DropdownMenuItem>
        <DropdownMenuItem tone="danger" onSelect={() => onDo("delete")}>
          <Trash2 aria-hidden />
          Delete
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

type RenameDialogProps = {
  audience: CountedAudience;
  rename: AudienceActions["rename"];
  onClose: () => void;
};

function RenameDialog({ audience, rename, onClose }: RenameDialogProps) {
  const { id, name, environment } = audience;

  function renamed(newName: string) {
    toast(`Renamed to ${newName}`);
    onClose();
  }

  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent
        onCloseAutoFocus={() => returnFocusTo(rowButtonId(audience.id))}
        title="Rename audience"
        description="Keys, campaigns and tools go on using it under its new name."
      >
        <AudienceNameForm
          name={name}
          verb="Rename"
          save={(newName) => rename({ id, name: newName, environment })}
          onSaved={renamed}
        />
      </DialogContent>
    </Dialog>
  );
}
