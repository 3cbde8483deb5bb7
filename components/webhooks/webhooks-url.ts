import { listPage, pageUrl } from "@/components/ui/list-page";
import type { DeliveriesPageQuery, WebhooksPageQuery } from "@/lib/access/webhooks/webhook/schema";
import type { Environment } from "@/prisma/generated/enums";

const PATH = "/settings/webhooks";
const PLAIN: WebhooksPageQuery = { environment: "live" };
const PLAIN_DELIVERIES: DeliveriesPageQuery = { event: "all", result: "all", delivery: "" };

export const webhooksList = listPage({
  path: PATH,
  plain: PLAIN,
  kept: ["environment"],
  filters: [],
});

/** The page that adds a webhook. */
export function newWebhookUrl(environment: Environment): string {
  return pageUrl(`${PATH}/new`, PLAIN, { environment });
}

/** The deliveries of a webhook, on its page. */
export function deliveriesOf(webhookId: string) {
  return listPage({
    path: `${PATH}/${webhookId}`,
    plain: PLAIN_DELIVERIES,
    filters: ["event", "result"],
  });
}

/** A webhook's page. */
export function webhookUrl(webhookId: string): string {
  return `${PATH}/${webhookId}`;
}

/** The page that changes a webhook. */
export function editWebhookUrl(webhookId: string): string {
  return `${PATH}/${webhookId}/edit`;
}
