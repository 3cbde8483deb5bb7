"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { FilterBar } from "@/components/ui/filter-bar";
import { SearchFilter } from "@/components/ui/search-filter";
import { FilterSelect, type SelectOption } from "@/components/ui/select";
import { type ListKeysQuery, listKeysQuery, SEARCH_MAX } from "@/lib/api-keys/schema";
import { STATUS_WORDS } from "@/lib/api-keys/status";
import { filterCount, listAddress, refined } from "./list-address";

const ANYONE = "anyone";

const STATUSES: readonly SelectOption[] = [
  { value: "all", label: "all" },
  { value: "in_use", label: "in use" },
  ...Object.entries(STATUS_WORDS)
    .reverse()
    .map(([value, word]) => ({ value, label: word.toLowerCase() })),
];

const ENVIRONMENTS: readonly SelectOption[] = [
  { value: "all", label: "all" },
  { value: "live", label: "live" },
  { value: "test", label: "test" },
];

const SORTS: readonly SelectOption[] = [
  { value: "created.desc", label: "newest first" },
  { value: "created.asc", label: "oldest first" },
  { value: "name.asc", label: "name" },
  { value: "last_used.desc", label: "last used" },
  { value: "expires.asc", label: "expires soonest" },
  { value: "owner.asc", label: "owner" },
];

type KeyListFiltersProps = {
  query: ListKeysQuery;
  owners: readonly { id: string; name: string }[];
};

/** What narrows and orders the list. Its state is the address, so that a link shows the same list. */
export function KeyListFilters({ query, owners }: KeyListFiltersProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  function show(change: Record<string, unknown>) {
    const next = listKeysQuery.parse(refined(query, change));
    startTransition(() => router.replace(listAddress(next), { scroll: false }));
  }

  const people = owners.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <FilterBar
      pending={pending}
      active={filterCount(query)}
      search={
        <SearchFilter
          label="Search keys"
          placeholder="Search name, last four, owner"
          maxLength={SEARCH_MAX}
          value={query.search}
          onSearch={(search) => show({ search })}
        />
      }
    >
      <FilterSelect
        label="Status"
        options={STATUSES}
        value={query.status}
        onValueChange={(status) => show({ status })}
      />
      <FilterSelect
        label="Environment"
        options={ENVIRONMENTS}
        value={query.environment}
        onValueChange={(environment) => show({ environment })}
      />
      <FilterSelect
        label="Owner"
        options={[{ value: ANYONE, label: "anyone" }, ...people]}
        value={query.owner ?? ANYONE}
        onValueChange={(owner) => show({ owner: owner === ANYONE ? null : owner })}
      />
      <FilterSelect
        label="Sort"
        options={SORTS}
        value={`${query.sort}.${query.direction}`}
        onValueChange={(value) => {
          const [sort, direction] = value.split(".");
          show({ sort, direction });
        }}
      />
    </FilterBar>
  );
}
