"use client";

import { Button } from "@/components/ui/button";
import { DangerDialog } from "@/components/ui/danger-dialog";
import { toast } from "@/components/ui/toast";
import { removeAppAction } from "@/lib/people/second-factor/actions";

/** Takes the authenticator app off the account. */
export function RemoveAppDialog() {
  return (
    <DangerDialog
      trigger={<Button aria-label="Remove authenticator app">Remove</Button>}
      title="Remove authenticator app"
      description="Its codes stop working at once."
      action="Remove"
      work={() => removeAppAction({})}
      onDone={() => toast("The authenticator app is removed")}
    >
      <p className="text-ink-2">
        Without another second factor, your password alone signs in, and your recovery codes go too.
      </p>
    </DangerDialog>
  );
}
