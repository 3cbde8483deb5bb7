"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { useSubmission } from "@/components/ui/use-submission";
import { NOTHING } from "@/lib/people/auth/limits";
import { makeRecoveryCodesAction } from "@/lib/people/second-factor/actions";
import { RecoveryCodes } from "./recovery-codes";

/** Shows recovery codes, which means making new ones: the old ones are known to nobody here. */
export function RecoveryCodesDialog({ left }: { left: number }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [codes, setCodes] = useState<string[] | null>(null);
  const { pending, problem, submit } = useSubmission();

  async function make() {
    setCodes((await submit(() => makeRecoveryCodesAction(NOTHING))) ?? null);
  }

  function done() {
    setOpen(false);
    setCodes(null);
    router.refresh();
  }

  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger>
        <Button>Show recovery codes</Button>
      </DialogTrigger>
      <DialogContent
        title={codes ? "Your recovery codes" : "Show recovery codes"}
        closing={codes ? "answer" : "free"}
      >
        {codes ? (
          <RecoveryCodes codes={codes} onDone={done} />
        ) : (
          <>
            <p className="text-ink-2">
              Codes are shown once, when they are made. You can make ten new ones
              {left > 0 && ", and the ones you have then stop working"}.
            </p>
            <DialogEnd problem={problem}>
              <Button variant="primary" pending={pending} onClick={() => void make()}>
                Make new codes
              </Button>
            </DialogEnd>
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}
