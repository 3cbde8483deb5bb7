"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { FilterBar } from "@/components/ui/filter-bar";
import { InlineField } from "@/components/ui/inline-field";
import { Input } from "@/components/ui/input";
import { SearchFilter } from "@/components/ui/search-filter";
import { FilterSelect } from "@/components/ui/select";
import { AUDIT_SEARCH_MAX, type AuditFilter, type AuditQuery } from "@/lib/audit/schema";
import { auditAddress, filterCount, filterOf, isFiltered } from "./audit-address";

const ANY = "any";

type Choice = { value: string; label: string };

type AuditFiltersProps = {
  query: AuditQuery;
  people: readonly Choice[];
  actions: readonly Choice[];
};

/** What narrows the log. Its state is the address, so that a link shows the same events. */
export function AuditFilters({ query, people, actions }: AuditFiltersProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  function show(change: Partial<AuditFilter>) {
    const address = auditAddress({ ...filterOf(query), ...change });
    startTransition(() => router.replace(address, { scroll: false }));
  }

  const any = { value: ANY, label: "any" };
  return (
    <FilterBar
      pending={pending}
      active={filterCount(query)}
      search={
        <SearchFilter
          label="Target"
          placeholder="Search key, member or id"
          maxLength={AUDIT_SEARCH_MAX}
          value={query.target}
          onSearch={(target) => show({ target })}
        />
      }
    >
      <FilterSelect
        label="Person"
        options={[any, ...people]}
        value={query.person || ANY}
        onValueChange={(person) => show({ person: person === ANY ? "" : person })}
      />
      <FilterSelect
        label="Action"
        options={[any, ...actions]}
        value={query.action || ANY}
        onValueChange={(action) => show({ action: action === ANY ? "" : action })}
      />
      <Day label="From" value={query.from} max={query.to} onChange={(from) => show({ from })} />
      <Day label="To" value={query.to} min={query.from} onChange={(to) => show({ to })} />
      {isFiltered(query) && (
        <Button asChild variant="ghost">
          <Link href={auditAddress({})}>
            <X aria-hidden />
            Clear
          </Link>
        </Button>
      )}
    </FilterBar>
  );
}

type DayProps = {
  label: string;
  value: string;
  min?: string;
  max?: string;
  onChange: (day: string) => void;
};

function Day({ label, value, min, max, onChange }: DayProps) {
  return (
    <InlineField label={label}>
      {(id) => (
        <Input
          id={id}
          type="date"
          value={value}
          {...(min && { min })}
          {...(max && { max })}
          onChange={(event) => onChange(event.target.value)}
          className="w-36 max-md:flex-1 max-md:text-sm"
        />
      )}
    </InlineField>
  );
}
