"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { toast } from "@/components/ui/toast";
import { cancelQueuedAction } from "@/lib/access/damage/actions";
import { queuedInWords } from "@/lib/access/damage/putting-right/words";
import type { Waiting } from "@/lib/access/damage/reading/waiting";
import type { SentDamage } from "@/lib/access/damage/terms/schema";
import { countOf } from "@/lib/platform/format/number";
import { useBatches } from "./use-batches";

type CancelButtonProps = { damage: SentDamage; waiting: Waiting };

/** Asks first, then cancels the mail that a key queued and that still waits. */
export function CancelButton({ damage, waiting }: CancelButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const label = `Cancel ${queuedInWords(waiting)}`;
  const batches = useBatches<true>(
    async () => {
      const answer = await cancelQueuedAction(damage);
      if (!answer.ok) return answer;
      const { emails, campaigns, hasMore } = answer.value;
      return { ok: true, value: { count: emails + campaigns, next: hasMore ? true : null } };
    },
    (count) => {
      setOpen(false);
      toast(
        count > 0 ? `${count === 1 ? "1 is" : `${count} are`} canceled` : "Nothing waited any more",
      );
    },
  );
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger>
        <Button variant="primary">{label}</Button>
      </DialogTrigger>
      <DialogContent title={label}>
        <p className="text-ink-2">
          Nobody gets them, and this can't be undone. An email that is being handed to the mail
          server at this moment goes out.
        </p>
        {batches.pending && (
          <p role="status" className="mt-3">
            {countOf(batches.count, "email")} canceled so far
          </p>
        )}
        <DialogEnd problem={batches.problem} back="Back">
          <Button variant="danger" pending={batches.pending} onClick={() => void batches.run()}>
            {label}
          </Button>
        </DialogEnd>
      </DialogContent>
    </Dialog>
  );
}
