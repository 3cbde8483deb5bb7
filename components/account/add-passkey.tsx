"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { passkeyProblem } from "@/components/auth/passkey-problem";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { onDemand } from "@/components/ui/on-demand";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { NOTHING } from "@/lib/people/auth/limits";
import { addPasskeyAction, startPasskeyAction } from "@/lib/people/second-factor/actions";
import type { FactorAdded } from "@/lib/people/second-factor/authenticator-app";
import { fail, type Result } from "@/lib/platform/result";
import { RecoveryCodes } from "./recovery-codes";

const webauthn = onDemand(() => import("@simplewebauthn/browser"));

/** Adds a passkey of this device, and shows the recovery codes of a first factor. */
export function AddPasskey({ onAdded }: { onAdded?: () => void }) {
  const router = useRouter();
  const [codes, setCodes] = useState<string[] | null>(null);
  const { pending, problem, submit } = useSubmission();

  async function add() {
    const added = await submit(makePasskey);
    if (added?.recoveryCodes) setCodes(added.recoveryCodes);
    else if (added) finish();
  }

  function finish() {
    setCodes(null);
    toast("Your passkey is added");
    if (onAdded) onAdded();
    else router.refresh();
  }

  return (
    <>
      <Button variant="primary" pending={pending} onClick={() => void add()}>
        <Plus aria-hidden />
        Add a passkey
      </Button>
      {problem && (
        <p role="alert" className="order-last w-full text-danger text-sm">
          {problem}
        </p>
      )}
      <Dialog open={codes !== null}>
        <DialogContent title="Your recovery codes" closing="answer">
          {codes && <RecoveryCodes codes={codes} onDone={finish} />}
        </DialogContent>
      </Dialog>
    </>
  );
}

async function makePasskey(): Promise<Result<FactorAdded, string>> {
  const { browserSupportsWebAuthn, startRegistration } = await webauthn.get();
  if (!browserSupportsWebAuthn()) return fail("no_passkeys", passkeyProblem(null));
  const started = await startPasskeyAction(NOTHING);
  if (!started.ok) return started;
  const made = await startRegistration({ optionsJSON: started.value }).catch((error: unknown) =>
    fail("not_made", passkeyProblem(error)),
  );
  return "ok" in made ? made : await addPasskeyAction(made);
}
