"use client";

import { Pencil, Zap } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { DeleteDialog } from "@/components/ui/delete-dialog";
import { Link } from "@/components/ui/link";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { deleteWebhookAction, sendTestAction } from "@/lib/access/webhooks/actions";
import { statusOf } from "@/lib/access/webhooks/webhook/status";
import type { WebhookRow } from "@/lib/access/webhooks/webhook/webhook-row";
import { RotateSecretDialog } from "./rotate-secret-dialog";
import { editWebhookUrl, webhooksList } from "./webhooks-url";

/** Everything one may do to a webhook, and the dialogs that ask first. */
export function WebhookActions({ webhook }: { webhook: WebhookRow }) {
  const { id, name, environment } = webhook;
  return (
    <>
      <Button asChild>
        <Link href={editWebhookUrl(id)}>
          <Pencil aria-hidden />
          Edit
        </Link>
      </Button>
      <RotateSecretDialog webhookId={id} name={name} />
      {statusOf(webhook) !== "off" && <SendTest webhookId={id} />}
      <DeleteDialog
        name={name}
        kind="webhook"
        remove={() => deleteWebhookAction({ id })}
        listHref={webhooksList.url({ environment })}
      >
        It hears of nothing more, and its deliveries go. What was not delivered yet never is. This
        can't be undone.
      </DeleteDialog>
    </>
  );
}

function SendTest({ webhookId }: { webhookId: string }) {
  const router = useRouter();
  const { pending, problem, submit } = useSubmission();

  async function send() {
    const sent = await submit(() => sendTestAction({ id: webhookId }));
    if (!sent) return;
    toast("Test sent: its answer shows below in a moment");
    router.refresh();
  }

  return (
    <>
      <Button pending={pending} onClick={() => void send()}>
        <Zap aria-hidden />
        Send a test
      </Button>
      <span role="alert" className="self-center text-danger text-xs empty:hidden">
        {problem}
      </span>
    </>
  );
}
