"use client";

import { toast } from "@/components/ui/toast";
import { pauseKeyAction } from "@/lib/access/api-keys/actions";
import { KeyDialog } from "./key-dialog";
import { KeyStakes, type Stakes } from "./key-stakes";
import { useKeyAction } from "./use-key-action";

type PauseKeyDialogProps = { keyId: string; stakes: Stakes; onClose: () => void };

/** Asks before a key is paused, with the calls that would be refused meanwhile. */
export function PauseKeyDialog({ keyId, stakes, onClose }: PauseKeyDialogProps) {
  const pause = useKeyAction(pauseKeyAction, () => {
    toast("Key paused");
    onClose();
  });
  return (
    <KeyDialog
      title="Pause key"
      description="Its calls are refused until you resume it. Nothing else changes."
      problem={pause.failure?.message}
      action={{
        label: "Pause key",
        variant: "danger",
        pending: pause.pending,
        run: () => pause.run({ keyId }),
      }}
      onClose={onClose}
    >
      <KeyStakes stakes={stakes} />
    </KeyDialog>
  );
}
