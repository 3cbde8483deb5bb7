"use client";

import { KeyDialog } from "@/components/api-keys/dialogs/key-dialog";
import { useKeyAction } from "@/components/api-keys/dialogs/use-key-action";
import { toast } from "@/components/ui/toast";
import { takeOverKeyAction } from "@/lib/access/findings/actions";
import type { RemediedKey } from "./remedy-button";

type TakeOverDialogProps = { apiKey: RemediedKey; onClose: () => void };

/** Asks before the member becomes the owner of a key. */
export function TakeOverDialog({ apiKey, onClose }: TakeOverDialogProps) {
  const takeOver = useKeyAction(takeOverKeyAction, () => {
    toast("The key is yours");
    onClose();
  });
  return (
    <KeyDialog
      title="Take the key over"
      description={<bdi>{apiKey.name}</bdi>}
      problem={takeOver.failure?.message}
      action={{
        label: "Take it over",
        variant: "primary",
        pending: takeOver.pending,
        run: () => takeOver.run({ keyId: apiKey.id }),
      }}
      onClose={onClose}
    >
      <p>
        You become its owner in place of <bdi>{apiKey.ownerName}</bdi>. The tool that uses it
        notices nothing.
      </p>
    </KeyDialog>
  );
}
