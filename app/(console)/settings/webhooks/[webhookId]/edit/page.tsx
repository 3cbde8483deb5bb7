import type { Metadata } from "next";
import { NotAllowed } from "@/components/shell/not-allowed";
import { PageHeader } from "@/components/ui/page-header";
import { WebhookForm } from "@/components/webhooks/webhook-form";
import { webhookUrl } from "@/components/webhooks/webhooks-url";
import { eventsOf } from "@/lib/access/webhooks/webhook/status";
import { can } from "@/lib/people/auth/permissions";
import { findWebhook } from "../find-webhook";

export const metadata: Metadata = { title: "Edit webhook" };

type Props = { params: Promise<{ webhookId: string }> };

export default async function EditWebhookPage({ params }: Props) {
  const { actor, webhook } = await findWebhook((await params).webhookId);
  const { id, name, url, environment, updatedAt } = webhook;
  const back = { href: webhookUrl(id), label: name };
  if (!can(actor, "webhooks.manage")) {
    return (
      <>
        <PageHeader title="Edit webhook" back={back} />
        <NotAllowed
          title="Only admins and owners can change webhooks"
          instead={{ href: back.href, label: "See the webhook" }}
        />
      </>
    );
  }
  return (
    <>
      <PageHeader title="Edit webhook" back={back} />
      <WebhookForm
        environment={environment}
        start={{ name, url, events: eventsOf(webhook) }}
        edited={{ id, updatedAt: updatedAt.toISOString() }}
      />
    </>
  );
}
