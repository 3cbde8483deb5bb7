"use client";

import { useUnstoredSecret } from "@/components/api-keys/dialogs/use-unstored-secret";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { SecretBox } from "@/components/ui/secret-box";

type SigningSecretDialogProps = {
  /** Keep it in the state of one component only, and drop that state in `onStored`. */
  secret: string;
  /** Until when the old secret signs beside it, in words; left out for a new webhook. */
  oldUntil?: string;
  onStored: () => void;
};

/** Shows a new signing secret, once. It closes only by saying that the secret is stored; Back and reload ask first. */
export function SigningSecretDialog({ secret, oldUntil, onStored }: SigningSecretDialogProps) {
  const { held, left, store } = useUnstoredSecret(onStored);
  if (left) return null;
  return (
    <Dialog open>
      <DialogContent
        closing="answer"
        title="Copy the signing secret"
        description="It is shown only once. Your tool checks with it that a message is from here."
        className="max-w-[600px]"
      >
        <div className="grid min-w-0 gap-3.5">
          <SecretBox label="Signing secret" secret={secret} />
          {held && (
            <Notice tone="warn" role="alert">
              Store the secret first: it can't be shown again.
            </Notice>
          )}
          <p className="text-ink-2 text-sm">
            {oldUntil &&
              `Until ${oldUntil}, each message is signed with both secrets, so nothing is lost while your tool gets the new one. `}
            <a
              href="/docs/webhooks"
              target="_blank"
              rel="noreferrer"
              className="text-ink underline underline-offset-3"
            >
              How to check a message (opens a new tab)
            </a>
          </p>
        </div>
        <DialogFooter className="justify-between">
          <p className="text-ink-2 text-xs">Lost it later? Rotate the secret to get a new one.</p>
          <Button variant="primary" size="lg" onClick={store} className="max-md:w-full">
            I have stored it
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
