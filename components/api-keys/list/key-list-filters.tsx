"use client";

import { FilterBar } from "@/components/ui/filter-bar";
import { SearchFilter } from "@/components/ui/search-filter";
import { FilterSelect, type SelectOption } from "@/components/ui/select";
import { useFilters } from "@/components/ui/use-filters";
import { type ListKeysQuery, listKeysQuery, SEARCH_MAX } from "@/lib/access/api-keys/key/schema";
import { STATUS_WORDS } from "@/lib/access/api-keys/key/status";
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
  const { wanted, pending, show } = useFilters(query, listAddress);

  const change = (to: Record<string, unknown>) => show(listKeysQuery.parse(refined(wanted, to)));
  const people = owners.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <FilterBar
      pending={pending}
      active={filterCount(wanted)}
      search={
        <SearchFilter
          label="Search keys"
          placeholder="Search name, last four, owner"
          maxLength={SEARCH_MAX}
          value={wanted.search}
          onSearch={(search) => change({ search })}
          // At these widths the order alone would be left over for a second line.
          className="min-[900px]:max-[1072px]:basis-full min-[900px]:max-[1072px]:max-w-none"
        />
      }
    >
      <FilterSelect
        label="Status"
        options={STATUSES}
        value={wanted.status}
        onValueChange={(status) => change({ status })}
      />
      <FilterSelect
        label="Environment"
        options={ENVIRONMENTS}
        value={wanted.environment}
        onValueChange={(environment) => change({ environment })}
      />
      <FilterSelect
        label="Owner"
        options={[{ value: ANYONE, label: "anyone" }, ...people]}
        value={wanted.owner ?? ANYONE}
        onValueChange={(owner) => change({ owner: owner === ANYONE ? null : owner })}
      />
      <FilterSelect
        label="Sort"
        options={SORTS}
        value={`${wanted.sort}.${wanted.direction}`}
        onValueChange={(value) => {
          const [sort, direction] = value.split(".");
          change({ sort, direction });
        }}
      />
    </FilterBar>
  );
}
