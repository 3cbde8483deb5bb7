"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { SearchFilter } from "@/components/ui/search-filter";
import { FilterSelect } from "@/components/ui/select";
import { useFilters } from "@/components/ui/use-filters";
import { CONTACT_SEARCH_MAX } from "@/lib/mail/contacts/limits";
import type { ContactsPageQuery } from "@/lib/mail/contacts/schema";
import { contactsList } from "./contacts-url";

const STATUSES = [
  { value: "all", label: "any" },
  { value: "subscribed", label: "subscribed" },
  { value: "unsubscribed", label: "unsubscribed" },
] as const;

type ContactFiltersProps = {
  query: ContactsPageQuery;
  audiences: readonly { id: string; name: string }[];
};

/** The filters above the contacts. Their state is the URL, so that a link shows the same ones. */
export function ContactFilters({ query, audiences }: ContactFiltersProps) {
  const { wanted, pending, change } = useFilters(contactsList, query);
  const choices = audiences.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <search className="mb-3 flex flex-wrap gap-2" {...(pending && { "data-pending": "" })}>
      <SearchFilter
        label="Search contacts"
        placeholder="Start of an email or name"
        maxLength={CONTACT_SEARCH_MAX}
        value={wanted.search}
        onSearch={(search) => change({ search })}
      />
      <FilterSelect
        label="Audience"
        options={[{ value: "", label: "any" }, ...choices]}
        value={wanted.audience}
        onValueChange={(audience) => change({ audience })}
      />
      <FilterSelect
        label="Status"
        options={STATUSES}
        value={wanted.status}
        onValueChange={(status) => change({ status })}
      />
      {contactsList.isFiltered(wanted) && (
        <Button asChild variant="ghost">
          <Link href={contactsList.url({ environment: query.environment })}>
            <X aria-hidden />
            Clear
          </Link>
        </Button>
      )}
    </search>
  );
}
