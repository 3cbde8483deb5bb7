"use client";

import { useRef, useState } from "react";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { revokeKeyAction } from "@/lib/access/api-keys/actions";
import { NOTE_MAX, UNDO_REVOKE_DAYS } from "@/lib/access/api-keys/key/limits";
import { REVOKE_REASONS } from "@/lib/access/api-keys/key/words";
import { KeyDialog } from "./key-dialog";
import { KeyStakes, type Stakes } from "./key-stakes";
import { useKeyAction } from "./use-key-action";

type RevokeKeyDialogProps = {
  keyId: string;
  stakes: Stakes;
  onClose: () => void;
};

const OPTIONS = Object.entries(REVOKE_REASONS).map(([value, label]) => ({ value, label }));

/** Ends a key, after saying what breaks and asking why. */
export function RevokeKeyDialog({ keyId, stakes, onClose }: RevokeKeyDialogProps) {
  const [reason, setReason] = useState("");
  const [note, setNote] = useState("");
  const [asked, setAsked] = useState(false);
  const reasonField = useRef<HTMLButtonElement>(null);
  const revoke = useKeyAction(revokeKeyAction, () => {
    toast("Key revoked");
    onClose();
  });
  const noteError = revoke.failure?.fieldErrors?.note?.[0];

  function submit() {
    setAsked(true);
    if (reason) revoke.run({ keyId, reason, note });
    else reasonField.current?.focus();
  }

  return (
    <KeyDialog
      title="Revoke key"
      description="Its secrets stop working with the next call. The key stays listed with its history."
      problem={noteError ? undefined : revoke.failure?.message}
      action={{ label: "Revoke key", variant: "danger", pending: revoke.pending, run: submit }}
      onClose={onClose}
    >
      <KeyStakes stakes={stakes} />
      <Field label="Reason" error={asked && !reason ? "Choose a reason." : undefined}>
        {(control) => (
          <Select
            {...control}
            ref={reasonField}
            options={OPTIONS}
            value={reason}
            onValueChange={setReason}
            placeholder="Why are you revoking it?"
          />
        )}
      </Field>
      <p role="status" className="text-ink-2">
        {reason === "compromised"
          ? "This can't be undone: a key that somebody else may have never works again."
          : `Owners and admins can undo this for ${UNDO_REVOKE_DAYS} days, unless the key leaked.`}
      </p>
      <Field label="Note" optional={reason !== "other"} error={noteError}>
        {(control) => (
          <Textarea
            {...control}
            value={note}
            maxLength={NOTE_MAX}
            onChange={(event) => setNote(event.target.value)}
            placeholder="What happened, for anyone who reads the history"
          />
        )}
      </Field>
    </KeyDialog>
  );
}
