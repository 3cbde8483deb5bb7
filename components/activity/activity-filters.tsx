"use client";

import { ListFilter, X } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { FilterSelect, type SelectOption } from "@/components/ui/select";
import { type ActivityQuery, METHODS } from "@/lib/activity/schema";
import { activityAddress, filterCount, refined, refinedBy } from "./activity-address";
import { ActivitySearch } from "./activity-search";
import { InstantField } from "./instant-field";
import { useClock } from "./use-clock";

const ANY = "any";

const STATUSES: readonly SelectOption[] = [
  { value: ANY, label: "any" },
  { value: "2xx", label: "2xx succeeded" },
  { value: "4xx", label: "4xx refused" },
  { value: "5xx", label: "5xx failed" },
  { value: "401", label: "401 not let in" },
  { value: "403", label: "403 not permitted" },
  { value: "404", label: "404 not found" },
  { value: "422", label: "422 wrong fields" },
  { value: "429", label: "429 too many" },
];

const METHOD_OPTIONS: readonly SelectOption[] = [
  { value: ANY, label: "any" },
  ...METHODS.map((method) => ({ value: method, label: method })),
];

type ActivityFiltersProps = {
  query: ActivityQuery;
  keys: readonly { id: string; name: string }[];
};

/** What narrows the list. Its state is the address, so that a link shows the same list and Back works. */
export function ActivityFilters({ query, keys }: ActivityFiltersProps) {
  const router = useRouter();
  const [clock] = useClock();
  const [pending, startTransition] = useTransition();
  const [unfolded, setUnfolded] = useState(false);
  const active = filterCount(query);

  function show(change: Partial<Record<keyof ActivityQuery, string | undefined>>) {
    const address = activityAddress(refinedBy(query, change));
    startTransition(() => router.push(address, { scroll: false }));
  }
  const choose = (name: "key" | "status" | "method") => (value: string) =>
    show({ [name]: value === ANY ? undefined : value });

  const keyOptions = [
    { value: ANY, label: "any" },
    ...keys.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <search className="mb-3 flex flex-wrap gap-2" {...(pending && { "data-pending": "" })}>
      <ActivitySearch search={query.q ?? ""} onSearch={(q) => show({ q: q || undefined })} />
      <Button
        className="font-normal md:hidden"
        aria-expanded={unfolded}
        onClick={() => setUnfolded(!unfolded)}
      >
        <ListFilter aria-hidden />
        Filter{active > 0 && ` (${active})`}
      </Button>
      <div className={cn("flex flex-wrap gap-2 md:contents", !unfolded && "max-md:hidden")}>
        <FilterSelect
          label="Key"
          options={withChosen(keyOptions, query.key)}
          value={query.key ?? ANY}
          onValueChange={choose("key")}
        />
        <FilterSelect
          label="Status"
          options={withChosen(STATUSES, query.status)}
          value={query.status ?? ANY}
          onValueChange={choose("status")}
        />
        <FilterSelect
          label="Method"
          options={METHOD_OPTIONS}
          value={query.method ?? ANY}
          onValueChange={choose("method")}
        />
        <div className="flex flex-wrap gap-2 max-md:contents">
          <InstantField
            label="From"
            at={query.from}
            clock={clock}
            onChange={(at) => show({ from: at?.toISOString() })}
          />
          <InstantField
            label="To"
            at={query.to}
            clock={clock}
            onChange={(at) => show({ to: at?.toISOString() })}
          />
        </div>
        <FilterChip query={query} name="address" />
        <FilterChip query={query} name="path" />
      </div>
    </search>
  );
}

/** A filter that came from a link or a row, not from a control, so that nothing hides calls unseen. */
function FilterChip({ query, name }: { query: ActivityQuery; name: "address" | "path" }) {
  const value = query[name];
  if (!value) return null;
  return (
    <span className="inline-flex h-8 max-w-80 items-center gap-1 rounded-sm border border-line-strong bg-bg-sunken pl-2.5 text-sm max-md:h-10">
      <span className="truncate">
        {name === "address" ? "Address" : "Path"}:{" "}
        <code className="font-mono text-xs">{value}</code>
      </span>
      <Link
        href={activityAddress(refined(query, { [name]: undefined }))}
        aria-label={`Remove the ${name} filter`}
        scroll={false}
        className="grid size-8 place-items-center rounded-sm max-md:size-10"
      >
        <X aria-hidden className="size-3.5" />
      </Link>
    </span>
  );
}

function withChosen(options: readonly SelectOption[], chosen: string | undefined) {
  if (!chosen || options.some(({ value }) => value === chosen)) return options;
  return [...options, { value: chosen, label: chosen }];
}
