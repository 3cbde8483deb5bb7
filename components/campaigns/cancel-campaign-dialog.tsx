"use client";

import { CircleSlash } from "lucide-react";
import { useState } from "react";
import { cancelCampaignAction } from "@/app/(console)/campaigns/actions";
import { useSubmission } from "@/components/members/use-submission";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogClose,
  DialogContent,
  DialogFooter,
  DialogTrigger,
} from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import { countOf } from "@/lib/format/number";

type CancelCampaignDialogProps = {
  campaign: { id: string; name: string; status: string; recipients: number };
};

/** Stops a campaign after saying who gets it all the same. */
export function CancelCampaignDialog({ campaign }: CancelCampaignDialogProps) {
  const { id, name, status, recipients } = campaign;
  const [open, setOpen] = useState(false);
  const { pending, problem, submit } = useSubmission();

  async function cancel() {
    const done = await submit(() => cancelCampaignAction({ id }));
    if (done === undefined) return;
    toast(`${name} canceled`);
    setOpen(false);
  }

  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="danger">
          <CircleSlash aria-hidden />
          Cancel campaign
        </Button>
      </DialogTrigger>
      <DialogContent title="Cancel campaign" description={<bdi>{name}</bdi>}>
        <p className="text-ink-2">
          {status === "sending"
            ? `${countOf(recipients, "email")} are made already and go out. No further ones are made.`
            : "Nobody gets it. To send it after all, you would make a new one."}
        </p>
        {problem && (
          <Notice tone="bad" role="alert" className="mt-3">
            {problem}
          </Notice>
        )}
        <DialogFooter>
          <DialogClose asChild>
            <Button>Back</Button>
          </DialogClose>
          <Button variant="danger" pending={pending} onClick={() => void cancel()}>
            Cancel campaign
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
