"use client";

import { ArrowRight, BellOff, BellRing, KeyRound } from "lucide-react";
import { useState } from "react";
import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import { Link } from "@/components/ui/link";
import { rowButtonId } from "@/components/ui/return-focus";
import { RowMenu } from "@/components/ui/row-menu";
import { DismissDialog } from "./dismiss-dialog";
import { findingUrl } from "./security-url";
import { useRestore } from "./use-restore";

type FindingMenuProps = {
  findingId: string;
  title: string;
  keyId: string;
  /** The deed that the member may do to the finding itself. */
  may: "dismiss" | "restore" | null;
};

/** The menu of a finding's row. */
export function FindingMenu({ findingId, title, keyId, may }: FindingMenuProps) {
  const [isDismissing, setDismissing] = useState(false);
  const restore = useRestore(findingId);
  return (
    <>
      <RowMenu id={rowButtonId(findingId)} variant="secondary" label={`More about: ${title}`}>
        <DropdownMenuItem asChild>
          <Link href={findingUrl(findingId)}>
            <ArrowRight aria-hidden />
            Open
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <Link href={`/settings/api-keys/${keyId}`}>
            <KeyRound aria-hidden />
            See the key
          </Link>
        </DropdownMenuItem>
        {may === "dismiss" && (
          <DropdownMenuItem onSelect={() => setDismissing(true)}>
            <BellOff aria-hidden />
            Dismiss
          </DropdownMenuItem>
        )}
        {may === "restore" && (
          <DropdownMenuItem onSelect={() => void restore.run()}>
            <BellRing aria-hidden />
            Restore
          </DropdownMenuItem>
        )}
      </RowMenu>
      {isDismissing && (
        <DismissDialog findingId={findingId} title={title} onClose={() => setDismissing(false)} />
      )}
    </>
  );
}
