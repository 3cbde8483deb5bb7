"use client";

import { UnstoredSecretDialog } from "@/components/api-keys/dialogs/unstored-secret-dialog";

type SigningSecretDialogProps = {
  /** Keep it in the state of one component only, and drop that state in `onStored`. */
  secret: string;
  /** Until when the old secret signs beside it, in words; left out for a new webhook. */
  oldUntil?: string;
  onStored: () => void;
};

/** Shows a new signing secret, once. It closes only by saying that the secret is stored; Back and reload ask first. */
export function SigningSecretDialog({ secret, oldUntil, onStored }: SigningSecretDialogProps) {
  return (
    <UnstoredSecretDialog
      title="Copy the signing secret"
      description="It is shown only once. Your tool checks with it that a message is from here."
      label="Signing secret"
      secret={secret}
      warning="Store the secret first: it can't be shown again."
      advice="Lost it later? Rotate the secret to get a new one."
      done="I have stored it"
      onStored={onStored}
    >
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
    </UnstoredSecretDialog>
  );
}
