"use client";

import { Ellipsis, ListFilter, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Tag } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { rowButtonId } from "@/components/ui/return-focus";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { CountedAudience } from "@/lib/mail/audiences/member-audiences";
import type { AudienceActions } from "./audience-actions";
import { audienceUrl, editAudienceUrl } from "./audiences-url";
import { countInShort } from "./count-words";
import { DeleteAudienceDialog } from "./delete-audience-dialog";
import { RenameAudienceDialog } from "./rename-audience-dialog";

/** What can be done in a row. */
export type AudienceListActions = Pick<AudienceActions, "edit" | "remove" | "use">;

type AudienceTableProps = {
  audiences: readonly CountedAudience[];
  actions: AudienceListActions;
  mayManage: boolean;
};

type Doing = { what: "rename" | "delete"; audience: CountedAudience };

/** The audiences with how many are in each; a name leads to its page. */
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
              <Td className="max-w-80 max-md:w-full max-md:max-w-0">
                <Link
                  href={audienceUrl(audience)}
                  data-row-link
                  className="block truncate font-medium hover:underline"
                >
                  <bdi>{audience.name}</bdi>
                </Link>
                <span className="block text-ink-2 text-xs md:hidden">{kindOf(audience)}</span>
              </Td>
              <Td className="max-md:hidden">
                <Tag>{kindOf(audience)}</Tag>
              </Td>
              <Td className="whitespace-nowrap text-right tabular-nums">
                {countInShort(audience.count)}
              </Td>
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
        <RenameAudienceDialog audience={doing.audience} edit={actions.edit} onClose={stop} />
      )}
      {doing?.what === "delete" && (
        <DeleteAudienceDialog audience={doing.audience} actions={actions} onClose={stop} />
      )}
    </>
  );
}

function kindOf({ rule }: CountedAudience): string {
  return rule === null ? "List" : "Rule";
}

type RowMenuProps = { audience: CountedAudience; onDo: (what: Doing["what"]) => void };

function RowMenu({ audience, onDo }: RowMenuProps) {
  const router = useRouter();
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
        {audience.rule !== null && (
          <DropdownMenuItem onSelect={() => router.push(editAudienceUrl(audience))}>
            <ListFilter aria-hidden />
            Edit rule
          </DropdownMenuItem>
        )}
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
