import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";

type KeyDialogProps = {
  title: string;
  description: ReactNode;
  children: ReactNode;
  /** The server's reason for refusing, unless a field shows it. */
  problem: string | undefined;
  /** The button that acts; none where nothing can be done. */
  action?: { label: string; variant: "primary" | "danger"; pending: boolean; run: () => void };
  onClose: () => void;
};

/** Asks before something is done to a key, with the facts needed to decide. */
export function KeyDialog({
  title,
  description,
  children,
  problem,
  action,
  onClose,
}: KeyDialogProps) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={title} description={description}>
        <div className="grid grid-cols-1 gap-4">
          {children}
          {problem && (
            <Notice tone="bad" role="alert">
              {problem}
            </Notice>
          )}
        </div>
        <DialogFooter>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          {action && (
            <Button variant={action.variant} pending={action.pending} onClick={action.run}>
              {action.label}
            </Button>
          )}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
