"use client";

import { RotateCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { sendAgainAction } from "@/lib/access/webhooks/actions";

/** Sends a message again, with the id it had. */
export function SendAgain({ webhookId, deliveryId }: { webhookId: string; deliveryId: string }) {
  const { pending, problem, submit } = useSubmission();

  async function send() {
    const done = await submit(() => sendAgainAction({ id: webhookId, deliveryId }));
    if (done !== undefined) toast("Sent again: its answer shows in a moment");
  }

  return (
    <div>
      <Button pending={pending} onClick={() => void send()}>
        <RotateCw aria-hidden />
        Send again
      </Button>
      <p role="alert" className="mt-1 text-danger text-xs empty:hidden">
        {problem}
      </p>
    </div>
  );
}
