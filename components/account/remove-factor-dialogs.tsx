"use client";

import { Button } from "@/components/ui/button";
import { DangerDialog } from "@/components/ui/danger-dialog";
import { toast } from "@/components/ui/toast";
import { NOTHING } from "@/lib/people/auth/limits";
import { removeAppAction, removePasskeyAction } from "@/lib/people/second-factor/actions";

/** Takes the authenticator app off the account. */
export function RemoveApp() {
  return (
    <DangerDialog
      trigger={<Button aria-label="Remove authenticator app">Remove</Button>}
      title="Remove authenticator app"
      description="Its codes stop working at once."
      action="Remove"
      work={() => removeAppAction(NOTHING)}
      onDone={() => toast("The authenticator app is removed")}
    >
      <WithoutAnother />
    </DangerDialog>
  );
}

/** Takes a passkey off the account. */
export function RemovePasskey({ passkeyId, name }: { passkeyId: string; name: string }) {
  return (
    <DangerDialog
      trigger={<Button aria-label={`Remove passkey ${name}`}>Remove</Button>}
      title="Remove passkey"
      description={name}
      action="Remove"
      work={() => removePasskeyAction({ passkeyId })}
      onDone={() => toast("The passkey is removed")}
    >
      <WithoutAnother />
    </DangerDialog>
  );
}

function WithoutAnother() {
  return (
    <p className="text-ink-2">
      Without another second factor, your password alone signs in, and your recovery codes go too.
    </p>
  );
}
