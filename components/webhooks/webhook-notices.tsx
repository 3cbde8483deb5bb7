"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { switchOnWebhookAction } from "@/lib/access/webhooks/actions";
import type { WebhookRow } from "@/lib/access/webhooks/webhook/webhook-row";
import { OFF_WORDS } from "@/lib/access/webhooks/webhook/words";

/** What a reader of a webhook's page should know first: that it is off, or fails, or changes its secret. */
export function WebhookNotices({
  webhook,
  mayManage,
}: {
  webhook: WebhookRow;
  mayManage: boolean;
}) {
  const { offSince, offFor, failingSince, oldSecretEndsAt } = webhook;
  return (
    <div className="mb-4 grid gap-2 empty:hidden">
      {offSince && offFor && (
        <Notice tone="bad" action={mayManage && <SwitchOn webhookId={webhook.id} />}>
          Switched off <Time at={offSince} />. {OFF_WORDS[offFor]} Events that happen while it is
          off are not sent later; those that still wait are sent when it is on again.
        </Notice>
      )}
      {!offSince && failingSince && (
        <Notice tone="warn">
          Nothing has arrived since <Time at={failingSince} mode="exact" />. Postern keeps trying,
          less and less often. After 3 days without success it switches the webhook off and tells
          owners and admins.
        </Notice>
      )}
      {oldSecretEndsAt && (
        <Notice tone="info">
          The secret is being rotated: messages are signed with the old one as well, until{" "}
          <Time at={oldSecretEndsAt} mode="exact" />.
        </Notice>
      )}
      {!mayManage && (
        <Notice tone="info">
          You see what this webhook sends. Only admins and owners can change it or send something
          again.
        </Notice>
      )}
    </div>
  );
}

function SwitchOn({ webhookId }: { webhookId: string }) {
  const { pending, problem, submit } = useSubmission();

  async function switchOn() {
    const done = await submit(() => switchOnWebhookAction({ id: webhookId }));
    if (done !== undefined) toast("Switched on again");
  }

  return (
    <div className="grid justify-items-end gap-1">
      <Button pending={pending} onClick={() => void switchOn()}>
        Switch on again
      </Button>
      <span role="alert" className="text-xs empty:hidden">
        {problem}
      </span>
    </div>
  );
}
