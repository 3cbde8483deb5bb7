import type { Metadata } from "next";
import { Tag } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page-header";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import { DeliveryList } from "@/components/webhooks/delivery-list";
import { WebhookActions } from "@/components/webhooks/webhook-actions";
import { WebhookNotices } from "@/components/webhooks/webhook-notices";
import { WebhookStatusPill } from "@/components/webhooks/webhook-status-pill";
import { webhooksList } from "@/components/webhooks/webhooks-url";
import { getDelivery, listDeliveries } from "@/lib/access/webhooks/reading/deliveries";
import { deliveriesPageQuery } from "@/lib/access/webhooks/webhook/schema";
import { can } from "@/lib/people/auth/permissions";
import { now } from "@/lib/platform/clock";
import { findWebhook } from "../find-webhook";
import { WebhookSkeleton } from "./skeleton";

type Props = {
  params: Promise<{ webhookId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { webhook } = await findWebhook((await params).webhookId);
  return { title: webhook.name };
}

export default function WebhookPage(props: Props) {
  return <QuickOrSkeleton skeleton={<WebhookSkeleton />} content={webhookPage(props)} />;
}

async function webhookPage({ params, searchParams }: Props) {
  const { actor, webhook } = await findWebhook((await params).webhookId);
  const query = deliveriesPageQuery.parse(await searchParams);
  const [deliveries, opened] = await Promise.all([
    listDeliveries(actor, webhook, query),
    query.delivery ? getDelivery(actor, webhook.id, query.delivery) : null,
  ]);
  const mayManage = can(actor, "webhooks.manage");
  const rotates = webhook.oldSecretEndsAt !== null && webhook.oldSecretEndsAt > now();
  return (
    <>
      <PageHeader
        title={webhook.name}
        description={<span className="wrap-anywhere font-mono text-xs">{webhook.url}</span>}
        back={{ href: webhooksList.url({ environment: webhook.environment }), label: "Webhooks" }}
        badge={
          <>
            <WebhookStatusPill webhook={webhook} />
            {webhook.environment === "test" && <Tag line="dashed">Test</Tag>}
          </>
        }
        actions={mayManage && <WebhookActions webhook={webhook} />}
      />
      <WebhookNotices
        webhook={rotates ? webhook : { ...webhook, oldSecretEndsAt: null }}
        mayManage={mayManage}
      />
      <DeliveryList
        webhook={webhook}
        query={query}
        deliveries={deliveries}
        opened={opened}
        mayManage={mayManage}
      />
    </>
  );
}
