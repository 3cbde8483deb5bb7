"use client";

import { CircleSlash } from "lucide-react";
import { Button } from "@/components/ui/button";
import { DangerDialog } from "@/components/ui/danger-dialog";
import { toast } from "@/components/ui/toast";
import { cancelEmailAction } from "@/lib/mail/emails/actions";

type CancelEmailDialogProps = { email: { id: string; subject: string } };

/** Cancels a scheduled email. */
export function CancelEmailDialog({ email }: CancelEmailDialogProps) {
  const { id, subject } = email;
  return (
    <DangerDialog
      trigger={
        <Button variant="danger">
          <CircleSlash aria-hidden />
          Cancel email
        </Button>
      }
      title="Cancel email"
      description={<bdi>{subject}</bdi>}
      action="Cancel email"
      back="Back"
      work={() => cancelEmailAction({ id })}
      onDone={() => toast("The email is canceled")}
    >
      <p className="text-ink-2">
        Nobody gets it, and this can't be undone. The tool that sent it is not notified.
      </p>
    </DangerDialog>
  );
}
