"use client";

import { useEffect, useState } from "react";
import { PAGE_ID, returnFocusTo, rowButtonId } from "@/components/members/return-focus";
import { useSubmission } from "@/components/members/use-submission";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import type { AudienceUse, CountedAudience } from "@/lib/audiences/member-audiences";
import { countOf } from "@/lib/format/number";
import type { AudienceActions } from "./audience-actions";

type DeleteAudienceDialogProps = {
  audience: CountedAudience;
  actions: AudienceActions;
  onClose: () => void;
};

/** Deletes an audience after saying what would no longer work. */
export function DeleteAudienceDialog({ audience, actions, onClose }: DeleteAudienceDialogProps) {
  const { id, name, environment } = audience;
  const { pending, problem, done, submit } = useSubmission();
  const [use, setUse] = useState<AudienceUse>();

  useEffect(() => {
    let stale = false;
    // What it says is a warning: without an answer, the deletion itself still decides.
    void actions.use({ id }).then(
      (found) => {
        if (!stale && found.ok) setUse(found.value);
      },
      () => {},
    );
    return () => {
      stale = true;
    };
  }, [actions, id]);

  async function remove() {
    const done = await submit(() => actions.remove({ id, environment }));
    if (done === undefined) return;
    toast(`${name} deleted`);
    onClose();
  }

  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent
        onCloseAutoFocus={() => returnFocusTo(done.current ? PAGE_ID : rowButtonId(id))}
        title="Delete audience"
        description={<bdi>{`${name}, with ${countOf(audience.contacts, "contact")}.`}</bdi>}
      >
        <p className="text-ink-2">The contacts themselves stay. This can't be undone.</p>
        {use && <WhatBreaks use={use} />}
        {problem && (
          <Notice tone="bad" role="alert" className="mt-3">
            {problem}
          </Notice>
        )}
        <DialogFooter>
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button variant="danger" pending={pending} onClick={() => void remove()}>
            Delete audience
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function WhatBreaks({ use: { keys, drafts } }: { use: AudienceUse }) {
  if (keys.length === 0 && drafts.length === 0) return null;
  return (
    <Notice tone="warn" className="mt-3">
      {keys.length > 0 && (
        <p>
          These keys are limited to it and would reach no one through it:{" "}
          <bdi>{keys.join(", ")}</bdi>.
        </p>
      )}
      {drafts.length > 0 && (
        <p>
          These drafted campaigns would have no audience: <bdi>{drafts.join(", ")}</bdi>.
        </p>
      )}
    </Notice>
  );
}
