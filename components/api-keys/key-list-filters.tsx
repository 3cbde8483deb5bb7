"use client";

import { ListFilter } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { SearchField } from "@/components/ui/search-field";
import { FilterSelect, type SelectOption } from "@/components/ui/select";
import { type ListKeysQuery, listKeysQuery, SEARCH_MAX } from "@/lib/api-keys/schema";
import { STATUS_WORDS } from "@/lib/api-keys/status";
import { filterCount, listAddress, refined } from "./list-address";

const TYPING_PAUSE_MS = 250;
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
  const [unfolded, setUnfolded] = useState(false);
  const active = filterCount(query);

  function show(change: Record<string, unknown>) {
    const next = listKeysQuery.parse(refined(query, change));
    startTransition(() => router.replace(listAddress(next), { scroll: false }));
  }

  const people = owners.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <search className="mb-3 flex flex-wrap gap-2" {...(pending && { "data-pending": "" })}>
      <KeySearch query={query} onSearch={(search) => show({ search })} />
      <Button
        className="font-normal md:hidden"
        aria-expanded={unfolded}
        onClick={() => setUnfolded(!unfolded)}
      >
        <ListFilter aria-hidden />
        Filter{active > 0 && ` (${active})`}
      </Button>
      <div className={cn("flex flex-wrap gap-2", !unfolded && "max-md:hidden")}>
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
      </div>
    </search>
  );
}

type KeySearchProps = { query: ListKeysQuery; onSearch: (search: string) => void };

function KeySearch({ query, onSearch }: KeySearchProps) {
  const [text, setText] = useState(query.search);
  const [sent, setSent] = useState(query.search);

  // The address changed by another hand (Back, a link): the field follows it.
  const [shown, setShown] = useState(query.search);
  if (shown !== query.search) {
    setShown(query.search);
    if (query.search !== sent.trim()) {
      setText(query.search);
      setSent(query.search);
    }
  }

  useEffect(() => {
    if (text === sent) return;
    const timer = setTimeout(() => {
      setSent(text);
      onSearch(text);
    }, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, sent, onSearch]);

  return (
    <SearchField
      label="Search keys"
      placeholder="Search name, last four, owner"
      maxLength={SEARCH_MAX}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}
