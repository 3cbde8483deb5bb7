import { SearchX, Send } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageLinks } from "@/components/ui/page-links";
import { RefreshEvery } from "@/components/ui/refresh-every";
import type { Delivery, DeliveryDetails } from "@/lib/access/webhooks/reading/deliveries";
import type { DeliveriesPageQuery } from "@/lib/access/webhooks/webhook/schema";
import { eventsOf, statusOf } from "@/lib/access/webhooks/webhook/status";
import type { WebhookRow } from "@/lib/access/webhooks/webhook/webhook-row";
import type { Page } from "@/lib/platform/paging/page";
import { DeliveryFilters } from "./delivery-filters";
import { DeliveryPanel } from "./delivery-panel";
import { DeliveryTable } from "./delivery-table";
import { deliveriesOf } from "./webhooks-url";

/** While a message waits, its answer is looked for this often. */
const LOOK_MS = 2_000;

const BESIDE = "lg:grid-cols-[minmax(0,1fr)_360px] xl:grid-cols-[minmax(0,1fr)_420px]";

type DeliveryListProps = {
  webhook: WebhookRow;
  query: DeliveriesPageQuery;
  deliveries: Page<Delivery>;
  /** The delivery that is open. */
  opened: DeliveryDetails | null;
  mayManage: boolean;
};

/** A page of deliveries with its filters, and the open one beside it. */
export function DeliveryList(props: DeliveryListProps) {
  const { webhook, query, deliveries, mayManage } = props;
  const { rows } = deliveries;
  const list = deliveriesOf(webhook.id);
  const isOn = statusOf(webhook) !== "off";
  const isNarrowed = list.isFiltered(query) || query.after || query.before;
  if (rows.length === 0 && !isNarrowed) return <NothingYet mayTest={mayManage && isOn} />;
  return (
    <>
      <h2 className="mb-2 font-semibold text-base">Deliveries</h2>
      <DeliveryFilters webhookId={webhook.id} query={query} events={eventsOf(webhook)} />
      {isOn && rows.some(({ last }) => last === null) && <RefreshEvery ms={LOOK_MS} />}
      <TableAndPanel {...props} maySend={mayManage && isOn} />
    </>
  );
}

function TableAndPanel(props: DeliveryListProps & { maySend: boolean }) {
  const { webhook, query, deliveries, opened, maySend } = props;
  const { rows, previousCursor, nextCursor } = deliveries;
  const list = deliveriesOf(webhook.id);
  const filter = list.filterOf(query);
  return (
    <div className={cn("grid grid-cols-[minmax(0,1fr)] items-start gap-4", opened && BESIDE)}>
      <div className={cn("min-w-0", opened && "max-lg:hidden")}>
        {rows.length > 0 ? (
          <DeliveryTable webhookId={webhook.id} query={query} deliveries={rows} />
        ) : (
          <NothingFound href={list.url({})} />
        )}
        <PageLinks
          newer={previousCursor && list.url({ ...filter, before: previousCursor })}
          older={nextCursor && list.url({ ...filter, after: nextCursor })}
        />
      </div>
      {opened && (
        <DeliveryPanel webhookId={webhook.id} query={query} delivery={opened} maySend={maySend} />
      )}
    </div>
  );
}

function NothingYet({ mayTest }: { mayTest: boolean }) {
  return (
    <EmptyState icon={Send} title="Nothing sent yet">
      The next event of the chosen types shows up here with the receiver's answer.
      {mayTest && " “Send a test” sends a message right now."}
    </EmptyState>
  );
}

function NothingFound({ href }: { href: string }) {
  return (
    <EmptyState
      icon={SearchX}
      title="No delivery matches"
      action={
        <Button asChild>
          <Link href={href}>Show all deliveries</Link>
        </Button>
      }
    >
      Deliveries are kept for 30 days.
    </EmptyState>
  );
}
