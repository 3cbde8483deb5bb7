"use client";

import { ArrowRight, BellOff, BellRing, KeyRound, Siren } from "lucide-react";
import { useState } from "react";
import { useOpenIncident } from "@/components/api-keys/dialogs/use-open-incident";
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
  /** True where the member may see to the key. */
  canAct: boolean;
};

/** The menu of a finding's row. */
export function FindingMenu({ findingId, title, keyId, may, canAct }: FindingMenuProps) {
  const [isDismissing, setDismissing] = useState(false);
  const restore = useRestore(findingId);
  const incident = useOpenIncident(keyId);
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
        {canAct && (
          <DropdownMenuItem onSelect={incident.run}>
            <Siren aria-hidden />
            This key leaked
          </DropdownMenuItem>
        )}
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
