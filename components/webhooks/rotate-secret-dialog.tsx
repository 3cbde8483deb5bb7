"use client";

import { RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { useSubmission } from "@/components/ui/use-submission";
import { rotateSecretAction } from "@/lib/access/webhooks/actions";
import { OVERLAP_HOURS } from "@/lib/access/webhooks/webhook/limits";
import { exactUtc } from "@/lib/platform/format/time";
import { SigningSecretDialog } from "./signing-secret-dialog";

type Made = { secret: string; oldUntil: string };

/** Asks before a webhook gets a new signing secret, then shows that, once. */
export function RotateSecretDialog({ webhookId, name }: { webhookId: string; name: string }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<Made>();
  const { pending, problem, submit } = useSubmission();

  const stored = useCallback(() => {
    setMade(undefined);
    router.refresh();
  }, [router]);

  async function rotate() {
    const rotated = await submit(() => rotateSecretAction({ id: webhookId }));
    if (!rotated) return;
    setOpen(false);
    setMade({ secret: rotated.secret, oldUntil: exactUtc(new Date(rotated.oldSecretEndsAt)) });
  }

  return (
    <>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogTrigger>
          <Button>
            <RefreshCw aria-hidden />
            Rotate secret
          </Button>
        </DialogTrigger>
        <DialogContent title="Rotate secret" description={<bdi>{name}</bdi>}>
          <p className="text-ink-2">
            You get a new signing secret. For {OVERLAP_HOURS} hours each message is signed with both
            secrets: give the new one to your tool in that time, and nothing is lost. A secret that
            was replaced before ends at once.
          </p>
          <DialogEnd problem={problem}>
            <Button variant="primary" pending={pending} onClick={() => void rotate()}>
              Rotate secret
            </Button>
          </DialogEnd>
        </DialogContent>
      </Dialog>
      {made && <SigningSecretDialog {...made} onStored={stored} />}
    </>
  );
}
