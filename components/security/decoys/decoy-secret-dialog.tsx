"use client";

import { UnstoredSecretDialog } from "@/components/api-keys/dialogs/unstored-secret-dialog";

type DecoySecretDialogProps = {
  /** Keep it in the state of one component only, and drop that state in `onStored`. */
  secret: string;
  onStored: () => void;
};

/** Shows the secret of a new decoy, once. It closes only when the member says that the decoy is in its place. */
export function DecoySecretDialog({ secret, onStored }: DecoySecretDialogProps) {
  return (
    <UnstoredSecretDialog
      title="Copy the decoy"
      description="It is shown only once. Put it in its place, as a key would stand there."
      label="Decoy"
      secret={secret}
      warning="Put it in its place first: it can't be shown again."
      advice="Don’t try it: the first call is an alarm."
      done="I have put it there"
      onStored={onStored}
    />
  );
}
