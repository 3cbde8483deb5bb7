"use client";

import { CircleSlash } from "lucide-react";
import { Button } from "@/components/ui/button";
import { DangerDialog } from "@/components/ui/danger-dialog";
import { toast } from "@/components/ui/toast";
import { cancelCampaignAction } from "@/lib/mail/campaigns/actions";
import { countOf } from "@/lib/platform/format/number";

type CancelCampaignDialogProps = {
  campaign: { id: string; name: string; status: string; recipients: number };
};

/** Stops a campaign after saying who still gets it. */
export function CancelCampaignDialog({ campaign }: CancelCampaignDialogProps) {
  const { id, name, status, recipients } = campaign;
  return (
    <DangerDialog
      trigger={
        <Button variant="danger">
          <CircleSlash aria-hidden />
          Cancel campaign
        </Button>
      }
      title="Cancel campaign"
      description={<bdi>{name}</bdi>}
      action="Cancel campaign"
      back="Back"
      work={() => cancelCampaignAction({ id })}
      onDone={() => toast(`${name} canceled`)}
    >
      <p className="text-ink-2">
        {status === "sending"
          ? `${countOf(recipients, "email")} already created will still go out. Nobody else gets it.`
          : "Nobody gets it. To send it later, create a new campaign."}
      </p>
    </DangerDialog>
  );
}
