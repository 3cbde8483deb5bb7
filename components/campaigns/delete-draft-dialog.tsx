"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { deleteCampaignAction } from "@/app/(console)/campaigns/actions";
import { Button } from "@/components/ui/button";
import { DangerDialog } from "@/components/ui/danger-dialog";
import { toast } from "@/components/ui/toast";
import type { Environment } from "@/prisma/generated/enums";
import { campaignsList } from "./campaigns-url";

type DeleteDraftDialogProps = {
  campaign: { id: string; name: string; environment: Environment };
};

/** Deletes a campaign that was not sent. */
export function DeleteDraftDialog({ campaign }: DeleteDraftDialogProps) {
  const { id, name, environment } = campaign;
  const router = useRouter();
  return (
    <DangerDialog
      trigger={
        <Button variant="danger">
          <Trash2 aria-hidden />
          Delete
        </Button>
      }
      title="Delete draft"
      description={<bdi>{name}</bdi>}
      action="Delete draft"
      work={() => deleteCampaignAction({ id })}
      onDone={() => {
        toast(`${name} deleted`);
        router.replace(campaignsList.url({ environment }));
      }}
    >
      <p className="text-ink-2">
        It was never sent. Its message will be lost. This can't be undone.
      </p>
    </DangerDialog>
  );
}
