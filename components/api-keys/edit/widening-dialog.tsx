"use client";

import { Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import type { Widening } from "./use-edit-key-form";

type WideningDialogProps = {
  widening: Widening;
  pending: boolean;
  onConfirm: () => void;
  onDecline: () => void;
};

/** Names the access a key would gain, and asks before it gains it. */
export function WideningDialog({ widening, pending, onConfirm, onDecline }: WideningDialogProps) {
  return (
    <Dialog open onOpenChange={(open) => !open && onDecline()}>
      <DialogContent
        title="Give this key more access?"
        description="Anyone with its secret gets this at once:"
      >
        <ul className="grid gap-2">
          {widening.scopes.map((scope) => (
            <Addition key={scope}>{scope}</Addition>
          ))}
          {widening.audiences.map((audience) => (
            <Addition key={audience}>{`Reaches ${audience}`}</Addition>
          ))}
          {widening.domains.map((domain) => (
            <Addition key={domain}>{`Sends emails from ${domain}`}</Addition>
          ))}
          {widening.people.map((people) => (
            <Addition key={people}>{`Sends emails to ${people}`}</Addition>
          ))}
          {widening.addresses.map((address) => (
            <Addition key={address}>
              {address === "from anywhere"
                ? "May be used from anywhere"
                : `May be used from ${address}`}
            </Addition>
          ))}
          {widening.lifetimes.map((lifetime) => (
            <Addition key={lifetime}>{`Works ${lifetime}: it no longer expires`}</Addition>
          ))}
        </ul>
        <DialogFooter>
          <Button onClick={onDecline}>Back to the form</Button>
          <Button variant="primary" pending={pending} onClick={onConfirm}>
            Add access
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function Addition({ children }: { children: string }) {
  return (
    <li className="flex gap-2.5">
      <Plus aria-hidden className="mt-0.5 size-4 text-warn" />
      <span className="min-w-0">{children}</span>
    </li>
  );
}
