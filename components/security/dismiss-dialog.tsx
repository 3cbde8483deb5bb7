"use client";

import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { Field } from "@/components/ui/field";
import { PAGE_ID, returnFocusTo, rowButtonId } from "@/components/ui/return-focus";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { dismissFindingAction } from "@/lib/access/findings/actions";
import { DISMISS_NOTE_MAX } from "@/lib/access/findings/kind/limits";
import { DISMISS_REASONS } from "@/lib/access/findings/kind/words";

type DismissDialogProps = { findingId: string; title: string; onClose: () => void };

const OPTIONS = Object.entries(DISMISS_REASONS).map(([value, label]) => ({ value, label }));

/** Asks why a finding is left as it is. */
export function DismissDialog({ findingId, title, onClose }: DismissDialogProps) {
  const [reason, setReason] = useState("");
  const [note, setNote] = useState("");
  const [asked, setAsked] = useState(false);
  const reasonField = useRef<HTMLButtonElement>(null);
  const { pending, problem, done, submit, refreshIfRefused } = useSubmission();

  async function dismiss() {
    setAsked(true);
    if (!reason) return reasonField.current?.focus();
    const dismissed = await submit(() => dismissFindingAction({ findingId, reason, note }));
    if (dismissed === undefined) return;
    toast("Dismissed. It comes back if it gets worse");
    onClose();
  }

  function close() {
    refreshIfRefused();
    onClose();
  }

  return (
    <Dialog open onOpenChange={close}>
      <DialogContent
        title="Dismiss"
        description={<bdi>{title}</bdi>}
        onCloseAutoFocus={() => returnFocusTo(done.current ? PAGE_ID : rowButtonId(findingId))}
      >
        <div className="grid gap-4">
          <p>
            It no longer counts and comes back only when it gets worse. Others see why you left it.
            Calls that are meant to be so count as usual from then on.
          </p>
          <Field label="Reason" error={asked && !reason ? "Choose a reason." : undefined}>
            {(control) => (
              <Select
                {...control}
                ref={reasonField}
                options={OPTIONS}
                value={reason}
                onValueChange={setReason}
                placeholder="Why is it left as it is?"
              />
            )}
          </Field>
          <Field label="Note" optional={reason !== "other"}>
            {(control) => (
              <Textarea
                {...control}
                value={note}
                maxLength={DISMISS_NOTE_MAX}
                onChange={(event) => setNote(event.target.value)}
              />
            )}
          </Field>
        </div>
        <DialogEnd problem={problem}>
          <Button variant="primary" pending={pending} onClick={() => void dismiss()}>
            Dismiss
          </Button>
        </DialogEnd>
      </DialogContent>
    </Dialog>
  );
}
