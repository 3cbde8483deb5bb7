"use client";

import { Activity, ArrowRight, Copy, Siren } from "lucide-react";
import { activityList } from "@/components/activity/activity-url";
import { copyText } from "@/components/ui/copy-text";
import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import { Link } from "@/components/ui/link";
import { RowMenu } from "@/components/ui/row-menu";
import { toast } from "@/components/ui/toast";
import { useOpenIncident } from "../dialogs/use-open-incident";

type KeyRowMenuProps = { keyId: string; name: string; canManage: boolean };

/** The menu of a key's row. A key is changed on its own page, beside the facts. */
export function KeyRowMenu({ keyId, name, canManage }: KeyRowMenuProps) {
  const incident = useOpenIncident(keyId);

  async function copyId() {
    const copied = await copyText(keyId);
    toast(copied ? "Key id copied" : `The key id is ${keyId}`);
  }

  return (
    <RowMenu label={`More about ${name}`}>
      <DropdownMenuItem asChild>
        <Link href={`/settings/api-keys/${keyId}`}>
          <ArrowRight aria-hidden />
          Open
        </Link>
      </DropdownMenuItem>
      <DropdownMenuItem asChild>
        <Link href={activityList.url({ key: keyId })}>
          <Activity aria-hidden />
          See its requests
        </Link>
      </DropdownMenuItem>
      <DropdownMenuItem onSelect={() => void copyId()}>
        <Copy aria-hidden />
        Copy key id
      </DropdownMenuItem>
      {canManage && (
        <DropdownMenuItem onSelect={incident.run}>
          <Siren aria-hidden />
          This key leaked
        </DropdownMenuItem>
      )}
    </RowMenu>
  );
}
