import type { Metadata } from "next";
import { NotAllowed } from "@/components/shell/not-allowed";
import { Tag } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page-header";
import { WebhookForm } from "@/components/webhooks/webhook-form";
import { webhooksList } from "@/components/webhooks/webhooks-url";
import { webhooksPageQuery } from "@/lib/access/webhooks/webhook/schema";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";

export const metadata: Metadata = { title: "Add webhook" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewWebhookPage({ searchParams }: Props) {
  const actor = await requireActor();
  const { environment } = webhooksPageQuery.parse(await searchParams);
  const back = { href: webhooksList.url({ environment }), label: "Webhooks" };
  if (!can(actor, "webhooks.manage")) {
    return (
      <>
        <PageHeader title="Add webhook" back={back} />
        <NotAllowed
          title="Only admins and owners can add webhooks"
          instead={{ href: back.href, label: "See webhooks" }}
        />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title="Add webhook"
        description="From now on, the events you choose are sent to its URL as they happen."
        badge={environment === "test" && <Tag line="dashed">Test</Tag>}
        back={back}
      />
      <WebhookForm environment={environment} start={{ name: "", url: "", events: [] }} />
    </>
  );
}
