"use client";

import { pauseKeyAction } from "@/app/(console)/settings/api-keys/actions";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import { KeyStakes, type Stakes } from "./key-stakes";
import { useKeyAction } from "./use-key-action";

type PauseKeyDialogProps = { keyId: string; stakes: Stakes; onClose: () => void };

/** Asks before a key is paused, with what would be refused meanwhile. */
export function PauseKeyDialog({ keyId, stakes, onClose }: PauseKeyDialogProps) {
  const pause = useKeyAction(pauseKeyAction, () => {
    toast("Key paused");
    onClose();
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Pause key"
        description="Its calls are refused until you resume it. Nothing else changes."
      >
        <KeyStakes stakes={stakes} />
        {pause.failure && (
          <Notice tone="bad" role="alert" className="mt-3">
            {pause.failure.message}
          </Notice>
        )}
        <DialogFooter>
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button variant="danger" pending={pause.pending} onClick={() => pause.run({ keyId })}>
            Pause key
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
