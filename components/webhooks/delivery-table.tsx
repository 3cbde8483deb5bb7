import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { ABOVE_ROW_LINK, ROW_LINK, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Delivery } from "@/lib/access/webhooks/reading/deliveries";
import type { DeliveriesPageQuery } from "@/lib/access/webhooks/webhook/schema";
import { mailboxInWords } from "@/lib/mail/address/words";
import { formatCount } from "@/lib/platform/format/number";
import { Answer } from "./answer";
import { deliveriesOf } from "./webhooks-url";

type DeliveryTableProps = {
  webhookId: string;
  query: DeliveriesPageQuery;
  deliveries: readonly Delivery[];
};

/** The deliveries, newest first. A row opens its delivery beside the list. */
export function DeliveryTable({ webhookId, query, deliveries }: DeliveryTableProps) {
  const list = deliveriesOf(webhookId);
  return (
    <Table label="Deliveries">
      <thead>
        <Tr>
          <Th>Event</Th>
          <Th className="max-md:hidden">About</Th>
          <Th>Answer</Th>
          <Th className="text-right max-lg:hidden">Took</Th>
          <Th className="text-right max-lg:hidden">Tries</Th>
          <Th className="text-right max-md:hidden">Happened</Th>
        </Tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <DeliveryRow
            key={delivery.id}
            delivery={delivery}
            href={list.url({ ...query, delivery: delivery.id })}
            isOpen={delivery.id === query.delivery}
            replace={query.delivery !== ""}
          />
        ))}
      </tbody>
    </Table>
  );
}

type DeliveryRowProps = { delivery: Delivery; href: string; isOpen: boolean; replace: boolean };

function DeliveryRow({ delivery, href, isOpen, replace }: DeliveryRowProps) {
  const { id, type, about, at, last, tries } = delivery;
  return (
    <Tr
      className={cn(
        "relative h-[38px] hover:bg-bg-subtle",
        isOpen && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      <Td className="max-w-56 py-1.5 max-md:max-w-44">
        <Link
          id={id}
          href={href}
          scroll={false}
          replace={replace}
          data-row-link
          {...(isOpen && { "aria-current": "true" as const })}
          className={cn(ROW_LINK, "block truncate font-mono text-xs hover:underline max-md:py-1")}
        >
          {type}
        </Link>
        <bdi className="block truncate text-ink-2 text-xs md:hidden">{mailboxInWords(about)}</bdi>
      </Td>
      <Td className="max-w-52 truncate py-1.5 max-md:hidden">
        <bdi>{mailboxInWords(about)}</bdi>
      </Td>
      <Td className="py-1.5">
        <span className={ABOVE_ROW_LINK}>
          <Answer delivery={delivery} />
        </span>
      </Td>
      <Td className="whitespace-nowrap py-1.5 text-right text-ink-2 tabular-nums max-lg:hidden">
        {last ? `${formatCount(last.ms)} ms` : "–"}
      </Td>
      <Td className="py-1.5 text-right text-ink-2 tabular-nums max-lg:hidden">{tries}</Td>
      <Td className="whitespace-nowrap py-1.5 text-right text-ink-2 max-md:hidden">
        <span className={ABOVE_ROW_LINK}>
          <Time at={at} />
        </span>
      </Td>
    </Tr>
  );
}
