"use client";

import { useUnstoredSecret } from "@/components/api-keys/dialogs/use-unstored-secret";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { SecretBox } from "@/components/ui/secret-box";

type DecoySecretDialogProps = {
  /** Keep it in the state of one component only, and drop that state in `onStored`. */
  secret: string;
  onStored: () => void;
};

/** Shows the secret of a new decoy, once. It closes only when the member says that the decoy is in its place. */
export function DecoySecretDialog({ secret, onStored }: DecoySecretDialogProps) {
  const { held, left, store } = useUnstoredSecret(onStored);
  if (left) return null;
  return (
    <Dialog open>
      <DialogContent
        closing="answer"
        title="Copy the decoy"
        description="It is shown only once. Put it in its place, as a key would stand there."
        className="max-w-[600px]"
      >
        <div className="grid min-w-0 gap-3.5">
          <SecretBox label="Decoy" secret={secret} />
          {held && (
            <Notice tone="warn" role="alert">
              Put it in its place first: it can't be shown again.
            </Notice>
          )}
        </div>
        <DialogFooter className="justify-between">
          <p className="text-ink-2 text-xs">Don’t try it: the first call is an alarm.</p>
          <Button variant="primary" size="lg" onClick={store} className="max-md:w-full">
            I have put it there
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
