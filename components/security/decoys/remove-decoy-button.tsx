"use client";

import { Button } from "@/components/ui/button";
import { DangerDialog } from "@/components/ui/danger-dialog";
import { toast } from "@/components/ui/toast";
import { removeDecoyAction } from "@/lib/access/decoys/actions";

/** Asks before a decoy is removed. */
export function RemoveDecoyButton({ decoyId, name }: { decoyId: string; name: string }) {
  return (
    <DangerDialog
      trigger={<Button aria-label={`Remove ${name}`}>Remove</Button>}
      title="Remove decoy"
      description={<bdi>{name}</bdi>}
      action="Remove decoy"
      work={() => removeDecoyAction({ decoyId })}
      onDone={() => toast("Decoy removed")}
    >
      Calls with it are refused from now on, and nobody is told of them. What is on record stays.
    </DangerDialog>
  );
}
