"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { SearchField } from "@/components/ui/search-field";
import { FilterSelect } from "@/components/ui/select";
import { EMAIL_STATUSES, type EmailsPageQuery, RECIPIENT_SEARCH_MAX } from "@/lib/emails/schema";
import { STATUS_LABELS } from "@/lib/emails/words";
import {
  type EmailsFilter,
  type EmailsPage,
  emailsAddress,
  filterOf,
  isFiltered,
} from "./emails-address";

const TYPING_PAUSE_MS = 250;
const ANY = "any";

const STATUSES = [
  { value: "all", label: "any" },
  ...EMAIL_STATUSES.map((status) => ({
    value: status,
    label: STATUS_LABELS[status].toLowerCase(),
  })),
];

type EmailFiltersProps = {
  page: EmailsPage;
  query: EmailsPageQuery;
  /** The keys that may have sent them. */
  senders: readonly { id: string; name: string }[];
};

/** What narrows the emails. Its state is the address, so that a link shows the same ones. */
export function EmailFilters({ page, query, senders }: EmailFiltersProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  function show(change: Partial<EmailsFilter>) {
    const address = emailsAddress(page, { ...filterOf(query), ...change });
    startTransition(() => router.replace(address, { scroll: false }));
  }

  const choices = senders.map(({ id, name }) => ({ value: id, label: name }));
  const isElsewhere = query.sender !== "" && !senders.some(({ id }) => id === query.sender);
  const named = query.sender.startsWith("cmp_") ? "one campaign" : "another key";
  return (
    <search className="mb-3 flex flex-wrap gap-2" {...(pending && { "data-pending": "" })}>
      <RecipientSearch recipient={query.recipient} onSearch={(recipient) => show({ recipient })} />
      <FilterSelect
        label="Status"
        options={STATUSES}
        value={query.status}
        onValueChange={(status) => show({ status: status as EmailsPageQuery["status"] })}
      />
      <FilterSelect
        label="Sent by"
        options={[
          { value: ANY, label: "anyone" },
          ...choices,
          ...(isElsewhere ? [{ value: query.sender, label: named }] : []),
        ]}
        value={query.sender || ANY}
        onValueChange={(sender) => show({ sender: sender === ANY ? "" : sender })}
      />
      {isFiltered(query) && (
        <Button asChild variant="ghost">
          <Link href={emailsAddress(page, { environment: query.environment })}>
            <X aria-hidden />
            Clear
          </Link>
        </Button>
      )}
    </search>
  );
}

type RecipientSearchProps = { recipient: string; onSearch: (text: string) => void };

function RecipientSearch({ recipient, onSearch }: RecipientSearchProps) {
  const [text, setText] = useState(recipient);

  // Going back, or clearing all, changes the address under the box.
  useEffect(() => setText(recipient), [recipient]);

  useEffect(() => {
    if (text.trim() === recipient) return;
    const timer = setTimeout(() => onSearch(text.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, recipient, onSearch]);

  return (
    <SearchField
      label="Search by recipient"
      placeholder="Whole address of a recipient"
      maxLength={RECIPIENT_SEARCH_MAX}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}
