"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { SearchFilter } from "@/components/ui/search-filter";
import { FilterSelect } from "@/components/ui/select";
import { useFilters } from "@/components/ui/use-filters";
import { EMAIL_STATUSES, RECIPIENT_SEARCH_MAX } from "@/lib/mail/emails/limits";
import type { EmailsPageQuery } from "@/lib/mail/emails/schema";
import { KEPT_HERE, STATUS_LABELS } from "@/lib/mail/emails/words";
import { EMAIL_LISTS, type EmailsPage } from "./emails-url";

function statusesOf(isKept: boolean) {
  const labelOf = (status: (typeof EMAIL_STATUSES)[number]) =>
    isKept && status === "delivered" ? KEPT_HERE : STATUS_LABELS[status];
  return [
    { value: "all" as const, label: "any" },
    ...EMAIL_STATUSES.map((status) => ({ value: status, label: labelOf(status).toLowerCase() })),
  ];
}

type EmailFiltersProps = {
  page: EmailsPage;
  query: EmailsPageQuery;
  /** The keys that may have sent them. */
  senders: readonly { id: string; name: string }[];
  /** Emails of the environment stay on this machine. */
  isKept: boolean;
};

/** The filters above the emails. Their state is the URL, so that a link shows the same ones. */
export function EmailFilters({ page, query, senders, isKept }: EmailFiltersProps) {
  const list = EMAIL_LISTS[page];
  const { wanted, pending, change } = useFilters(list, query);
  const choices = senders.map(({ id, name }) => ({ value: id, label: name }));
  const isUnlisted = wanted.sender !== "" && !senders.some(({ id }) => id === wanted.sender);
  const named = wanted.sender.startsWith("cmp_") ? "one campaign" : "another key";
  return (
    <search className="mb-3 flex flex-wrap gap-2" {...(pending && { "data-pending": "" })}>
      <SearchFilter
        label="Search by recipient"
        placeholder="Full email of a recipient"
        maxLength={RECIPIENT_SEARCH_MAX}
        value={wanted.recipient}
        onSearch={(recipient) => change({ recipient })}
      />
      <FilterSelect
        label="Status"
        options={statusesOf(isKept)}
        value={wanted.status}
        onValueChange={(status) => change({ status })}
      />
      <FilterSelect
        label="Sent by"
        options={[
          { value: "", label: "anyone" },
          ...choices,
          ...(isUnlisted ? [{ value: wanted.sender, label: named }] : []),
        ]}
        value={wanted.sender}
        onValueChange={(sender) => change({ sender })}
      />
      {list.isFiltered(wanted) && (
        <Button asChild variant="ghost">
          <Link href={list.url({ environment: query.environment })}>
            <X aria-hidden />
            Clear
          </Link>
        </Button>
      )}
    </search>
  );
}
