import { Link } from "@/components/ui/link";
import { ABOVE_ROW_LINK, ROW_LINK, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { eventsOf } from "@/lib/access/webhooks/webhook/status";
import type { WebhookRow } from "@/lib/access/webhooks/webhook/webhook-row";
import { countOf } from "@/lib/platform/format/number";
import { WebhookStatusPill } from "./webhook-status-pill";
import { webhookUrl } from "./webhooks-url";

/** The webhooks, newest first; a name leads to its deliveries. */
export function WebhookTable({ webhooks }: { webhooks: readonly WebhookRow[] }) {
  return (
    <Table label="Webhooks">
      <thead>
        <Tr>
          <Th>Name</Th>
          <Th>Status</Th>
          <Th className="max-md:hidden">Events</Th>
          <Th className="text-right max-md:hidden">Created</Th>
        </Tr>
      </thead>
      <tbody>
        {webhooks.map((webhook) => (
          <Tr key={webhook.id} className="relative h-14 hover:bg-bg-subtle">
            <Td className="max-w-80 max-md:max-w-48">
              <Link
                href={webhookUrl(webhook.id)}
                data-row-link
                className={`${ROW_LINK} block truncate font-medium hover:underline`}
              >
                <bdi>{webhook.name}</bdi>
              </Link>
              <span className="block truncate font-mono text-ink-2 text-xs">{webhook.url}</span>
            </Td>
            <Td>
              <WebhookStatusPill webhook={webhook} />
            </Td>
            <Td className="max-w-64 truncate text-ink-2 max-md:hidden">{eventsInWords(webhook)}</Td>
            <Td className="whitespace-nowrap text-right text-ink-2 max-md:hidden">
              <span className={ABOVE_ROW_LINK}>
                <Time at={webhook.createdAt} />
              </span>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function eventsInWords(webhook: WebhookRow): string {
  const [first, ...others] = eventsOf(webhook);
  if (!first) return "None";
  return others.length === 0 ? first : `${first} and ${countOf(others.length, "other")}`;
}
