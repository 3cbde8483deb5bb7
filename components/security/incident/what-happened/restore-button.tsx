"use client";

import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { toast } from "@/components/ui/toast";
import { restoreContactsAction } from "@/lib/access/damage/actions";
import type { ChangedCounts } from "@/lib/access/damage/reading/count-changed";
import type { SentDamage, SentPlace } from "@/lib/access/damage/terms/schema";
import { countOf, formatCount } from "@/lib/platform/format/number";
import { useBatches } from "./use-batches";

type RestoreButtonProps = { damage: SentDamage; changed: ChangedCounts };

/** Asks first, then gives contacts back what they had before a key changed them. */
export function RestoreButton({ damage, changed }: RestoreButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const [resubscribe, setResubscribe] = useState(false);
  const label = changed.hasMore ? "Restore all" : `Restore ${formatCount(changed.restorable)}`;
  const batches = useBatches<SentPlace>(
    async (after) => {
      const answer = await restoreContactsAction({ ...damage, after, resubscribe });
      if (!answer.ok) return answer;
      const { restored, next } = answer.value;
      const place = next && { ...next, at: next.at.toISOString() };
      return { ok: true, value: { count: restored, next: place } };
    },
    (count) => {
      setOpen(false);
      toast(`${countOf(count, "contact")} restored`);
    },
  );
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger>
        <Button>{label}</Button>
      </DialogTrigger>
      <DialogContent title={`${label} ${changed.restorable === 1 ? "contact" : "contacts"}`}>
        <p className="text-ink-2">
          They get back the email, names, properties and lists that they had before. Contacts that
          somebody else has changed since are left alone. Webhooks and connected tools hear of it as
          of any change.
        </p>
        {changed.unsubscribed > 0 && (
          <Resubscribe count={changed.unsubscribed} isOn={resubscribe} onChange={setResubscribe} />
        )}
        {batches.pending && (
          <p role="status" className="mt-3">
            {countOf(batches.count, "contact")} restored so far
          </p>
        )}
        <DialogEnd problem={batches.problem}>
          <Button variant="primary" pending={batches.pending} onClick={() => void batches.run()}>
            {label}
          </Button>
        </DialogEnd>
      </DialogContent>
    </Dialog>
  );
}

type ResubscribeProps = { count: number; isOn: boolean; onChange: (isOn: boolean) => void };

function Resubscribe({ count, isOn, onChange }: ResubscribeProps) {
  const id = useId();
  return (
    <div className="mt-4 flex items-start gap-2.5">
      <Checkbox id={id} checked={isOn} onCheckedChange={onChange} className="mt-0.5" />
      <label htmlFor={id} className="text-sm">
        Subscribe {formatCount(count)} again that the key unsubscribed
        <span className="block text-ink-2 text-xs">
          Only if these people did not ask for it: a connected tool may have passed on what they
          wanted. Who unsubscribed by a link in an email stays unsubscribed in any case.
        </span>
      </label>
    </div>
  );
}
