"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { FilterBar } from "@/components/ui/filter-bar";
import { SearchFilter } from "@/components/ui/search-filter";
import { FilterSelect, type SelectOption } from "@/components/ui/select";
import { useFilters } from "@/components/ui/use-filters";
import {
  MAX_ADDRESS_LENGTH,
  MAX_PATH_LENGTH,
  MAX_SEARCH_LENGTH,
  METHODS,
  PROBLEMS,
} from "@/lib/access/activity/limits";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import { activityList } from "./activity-url";
import { ProblemsOnly } from "./problems-only";
import { TextFilter } from "./text-filter";
import { TimeFilter } from "./time-filter";

const ANY = { value: "", label: "any" } as const;

const STATUSES: readonly SelectOption[] = [
  ANY,
  { value: PROBLEMS, label: "problems" },
  { value: "2xx", label: "2xx succeeded" },
  { value: "4xx", label: "4xx refused" },
  { value: "5xx", label: "5xx failed" },
  { value: "401", label: "401 key refused" },
  { value: "403", label: "403 not allowed" },
  { value: "404", label: "404 not found" },
  { value: "422", label: "422 invalid fields" },
  { value: "429", label: "429 too many calls" },
];

const METHOD_OPTIONS = [ANY, ...METHODS.map((method) => ({ value: method, label: method }))];

type ActivityFiltersProps = {
  query: ActivityQuery;
  keys: readonly { id: string; name: string }[];
};

/** The filters above the list. Their state is the URL, so that a link shows the same list and Back works. */
export function ActivityFilters({ query, keys }: ActivityFiltersProps) {
  const { wanted, pending, change } = useFilters(activityList, query, "push");
  const keyOptions = [ANY, ...keys.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <FilterBar
      pending={pending}
      active={activityList.filterCount(wanted)}
      search={
        <SearchFilter
          label="Search"
          placeholder="Path, IP address, request id"
          maxLength={MAX_SEARCH_LENGTH}
          value={wanted.q ?? ""}
          onSearch={(q) => change({ q: q || undefined })}
          className="min-w-44 md:max-w-60 md:basis-44"
        />
      }
    >
      <TimeFilter query={wanted} onChange={change} />
      <ProblemsOnly status={wanted.status} onChange={(status) => change({ status })} />
      <FilterSelect
        label="Key"
        options={withChosen(keyOptions, wanted.key)}
        value={wanted.key ?? ""}
        onValueChange={(key) => change({ key: key || undefined })}
      />
      <FilterSelect
        label="Status"
        options={withChosen(STATUSES, wanted.status)}
        value={wanted.status ?? ""}
        onValueChange={(status) => change({ status: status || undefined })}
      />
      <FilterSelect
        label="Method"
        options={METHOD_OPTIONS}
        value={wanted.method ?? ""}
        onValueChange={(method) => change({ method: method || undefined })}
      />
      <MoreFilters query={wanted} onChange={change} />
    </FilterBar>
  );
}

type MoreFiltersProps = {
  query: Pick<ActivityQuery, "address" | "path">;
  onChange: (change: { address?: string | undefined; path?: string | undefined }) => void;
};

/** The filters one needs now and then. They stay in sight while they hide calls. */
function MoreFilters({ query, onChange }: MoreFiltersProps) {
  const [unfolded, setUnfolded] = useState(false);
  const inUse = query.address !== undefined || query.path !== undefined;
  return (
    <>
      {!inUse && (
        <Button
          variant="ghost"
          className="font-normal max-md:hidden"
          aria-expanded={unfolded}
          onClick={() => setUnfolded(!unfolded)}
        >
          {unfolded ? "Less" : "More"}
        </Button>
      )}
      <div
        className={cn(
          "flex flex-wrap gap-2 max-md:contents md:basis-full",
          !inUse && !unfolded && "md:hidden",
        )}
      >
        <TextFilter
          label="IP address"
          placeholder="203.0.113.7"
          maxLength={MAX_ADDRESS_LENGTH}
          value={query.address}
          onChange={(address) => onChange({ address })}
        />
        <TextFilter
          label="Path"
          placeholder="/contacts"
          maxLength={MAX_PATH_LENGTH}
          value={query.path}
          onChange={(path) => onChange({ path })}
        />
      </div>
    </>
  );
}

function withChosen(options: readonly SelectOption[], chosen: string | undefined) {
  if (!chosen || options.some(({ value }) => value === chosen)) return options;
  return [...options, { value: chosen, label: chosen }];
}
