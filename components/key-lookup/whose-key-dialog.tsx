"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { useSubmission } from "@/components/ui/use-submission";
import { whoseKeyAction } from "@/lib/access/key-lookup/actions";
import { PASTED_MAX } from "@/lib/access/key-lookup/limits";
import { type Found, FoundKeys } from "./found-keys";

/** Says whose key somebody came across. What is pasted goes no further than the question. */
export function WhoseKeyDialog({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [found, setFound] = useState<Found | null>(null);
  const { pending, problem, submit } = useSubmission();

  async function lookUp(event: FormEvent) {
    event.preventDefault();
    setFound(null);
    const answer = await submit(() => whoseKeyAction({ text }));
    if (answer) setFound(answer);
  }

  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent
        title="Whose key is this?"
        description="Paste a key that you came across, a part of it, or the message that it was found in. Nothing you paste is kept."
      >
        <form className="grid gap-4" onSubmit={(event) => void lookUp(event)}>
          <Field
            label="Key or its beginning"
            hint="At least four characters after pstn_live_ or pstn_test_, or its hint."
          >
            {(control) => (
              <Textarea
                {...control}
                value={text}
                maxLength={PASTED_MAX}
                autoComplete="off"
                spellCheck={false}
                className="font-mono"
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
          <div role="status" className="empty:hidden">
            {found && <FoundKeys found={found} onLeave={onClose} />}
          </div>
          <DialogEnd problem={problem} back="Close" inGrid>
            <Button type="submit" variant="primary" pending={pending}>
              Look it up
            </Button>
          </DialogEnd>
        </form>
      </DialogContent>
    </Dialog>
  );
}
