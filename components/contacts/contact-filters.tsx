"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { SearchFilter } from "@/components/ui/search-filter";
import { FilterSelect } from "@/components/ui/select";
import { CONTACT_SEARCH_MAX, type ContactsPageQuery } from "@/lib/contacts/schema";
import {
  type ContactsFilterQuery,
  contactsAddress,
  filterOf,
  isFiltered,
} from "./contacts-address";

const ANY = "any";

const STATUSES = [
  { value: "all", label: "any" },
  { value: "subscribed", label: "subscribed" },
  { value: "unsubscribed", label: "unsubscribed" },
];

type ContactFiltersProps = {
  query: ContactsPageQuery;
  audiences: readonly { id: string; name: string }[];
};

/** What narrows the contacts. Its state is the address, so that a link shows the same ones. */
export function ContactFilters({ query, audiences }: ContactFiltersProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  function show(change: Partial<ContactsFilterQuery>) {
    const address = contactsAddress({ ...filterOf(query), ...change });
    startTransition(() => router.replace(address, { scroll: false }));
  }

  const choices = audiences.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <search className="mb-3 flex flex-wrap gap-2" {...(pending && { "data-pending": "" })}>
      <SearchFilter
        label="Search contacts"
        placeholder="Start of an email or name"
        maxLength={CONTACT_SEARCH_MAX}
        value={query.search}
        onSearch={(search) => show({ search })}
      />
      <FilterSelect
        label="Audience"
        options={[{ value: ANY, label: "any" }, ...choices]}
        value={query.audience || ANY}
        onValueChange={(audience) => show({ audience: audience === ANY ? "" : audience })}
      />
      <FilterSelect
        label="Status"
        options={STATUSES}
        value={query.status}
        onValueChange={(status) => show({ status: status as ContactsPageQuery["status"] })}
      />
      {isFiltered(query) && (
        <Button asChild variant="ghost">
          <Link href={contactsAddress({ environment: query.environment })}>
            <X aria-hidden />
            Clear
          </Link>
        </Button>
      )}
    </search>
  );
}
