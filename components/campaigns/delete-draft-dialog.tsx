"use client";

import { DeleteDialog } from "@/components/ui/delete-dialog";
import { deleteCampaignAction } from "@/lib/mail/campaigns/actions";
import type { Environment } from "@/prisma/generated/enums";
import { campaignsList } from "./campaigns-url";

type DeleteDraftDialogProps = {
  campaign: { id: string; name: string; environment: Environment };
};

/** Deletes a campaign that was not sent. */
export function DeleteDraftDialog({ campaign }: DeleteDraftDialogProps) {
  const { id, name, environment } = campaign;
  return (
    <DeleteDialog
      name={name}
      kind="draft"
      remove={() => deleteCampaignAction({ id })}
      listHref={campaignsList.url({ environment })}
    >
      It was never sent. Its message will be lost. This can't be undone.
    </DeleteDialog>
  );
}
