"use client";

import { FilterBar } from "@/components/ui/filter-bar";
import { SearchFilter } from "@/components/ui/search-filter";
import { FilterSelect } from "@/components/ui/select";
import { useFilters } from "@/components/ui/use-filters";
import { SEARCH_MAX } from "@/lib/access/api-keys/key/limits";
import type { ListKeysQuery } from "@/lib/access/api-keys/key/schema";
import { KEY_STATUSES, STATUS_WORDS } from "@/lib/access/api-keys/key/status";
import { keyList } from "./key-list-url";

const STATUSES = [
  { value: "all" as const, label: "all" },
  { value: "in_use" as const, label: "in use" },
  ...KEY_STATUSES.toReversed().map((status) => ({
    value: status,
    label: STATUS_WORDS[status].toLowerCase(),
  })),
];

const ENVIRONMENTS = [
  { value: "all", label: "all" },
  { value: "live", label: "live" },
  { value: "test", label: "test" },
] as const;

const SORTS = [
  { sort: "created", direction: "desc", label: "newest first" },
  { sort: "created", direction: "asc", label: "oldest first" },
  { sort: "name", direction: "asc", label: "name" },
  { sort: "last_used", direction: "desc", label: "last used" },
  { sort: "expires", direction: "asc", label: "expires soonest" },
  { sort: "owner", direction: "asc", label: "owner" },
] as const;

type KeyListFiltersProps = {
  query: ListKeysQuery;
  owners: readonly { id: string; name: string }[];
};

/** The filters and the order of the list. Their state is the URL, so that a link shows the same list. */
export function KeyListFilters({ query, owners }: KeyListFiltersProps) {
  const { wanted, pending, change } = useFilters(keyList, query);
  const people = owners.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <FilterBar
      pending={pending}
      active={keyList.filterCount(wanted)}
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
        options={[{ value: "", label: "anyone" }, ...people]}
        value={wanted.owner ?? ""}
        onValueChange={(owner) => change({ owner: owner || null })}
      />
      <FilterSelect
        label="Sort"
        options={SORTS.map((order) => ({ value: orderOf(order), label: order.label }))}
        value={orderOf(wanted)}
        onValueChange={(value) => {
          const order = SORTS.find((offered) => orderOf(offered) === value);
          if (order) change({ sort: order.sort, direction: order.direction });
        }}
      />
    </FilterBar>
  );
}

function orderOf({ sort, direction }: Pick<ListKeysQuery, "sort" | "direction">): string {
  return `${sort}.${direction}`;
}
