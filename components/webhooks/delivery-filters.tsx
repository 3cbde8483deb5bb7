"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { FilterSelect } from "@/components/ui/select";
import { useFilters } from "@/components/ui/use-filters";
import type { DeliveriesPageQuery } from "@/lib/access/webhooks/webhook/schema";
import { type EventType, TEST_EVENT } from "@/lib/access/webhooks/webhook/words";
import { deliveriesOf } from "./webhooks-url";

const RESULT_OPTIONS = [
  { value: "all", label: "any" },
  { value: "delivered", label: "arrived" },
  { value: "failing", label: "failed" },
  { value: "waiting", label: "not tried yet" },
] as const;

type DeliveryFiltersProps = {
  webhookId: string;
  query: DeliveriesPageQuery;
  /** The events the webhook hears of. */
  events: readonly EventType[];
};

/** The filters above the deliveries. Their state is the URL, so that a link shows the same ones. */
export function DeliveryFilters({ webhookId, query, events }: DeliveryFiltersProps) {
  const list = deliveriesOf(webhookId);
  const { wanted, pending, change } = useFilters(list, query);
  const types = [
    ...new Set([...events, TEST_EVENT, ...(wanted.event === "all" ? [] : [wanted.event])]),
  ];
  return (
    <search className="mb-3 flex flex-wrap gap-2" {...(pending && { "data-pending": "" })}>
      <FilterSelect
        label="Event"
        options={[
          { value: "all", label: "any" },
          ...types.map((type) => ({ value: type, label: type })),
        ]}
        value={wanted.event}
        onValueChange={(event) => change({ event: event as DeliveriesPageQuery["event"] })}
      />
      <FilterSelect
        label="Result"
        options={RESULT_OPTIONS}
        value={wanted.result}
        onValueChange={(result) => change({ result })}
      />
      {list.isFiltered(wanted) && (
        <Button asChild variant="ghost">
          <Link href={list.url({})}>
            <X aria-hidden />
            Clear
          </Link>
        </Button>
      )}
    </search>
  );
}
