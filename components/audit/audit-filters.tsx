"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { FilterBar } from "@/components/ui/filter-bar";
import { InlineField } from "@/components/ui/inline-field";
import { Input } from "@/components/ui/input";
import { SearchFilter } from "@/components/ui/search-filter";
import { FilterSelect } from "@/components/ui/select";
import { useFilters } from "@/components/ui/use-filters";
import { AUDIT_SEARCH_MAX, type AuditFilter, type AuditQuery } from "@/lib/access/audit-log/schema";
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
  const { wanted, pending, show } = useFilters(filterOf(query), auditAddress);

  const change = (to: Partial<AuditFilter>) => show({ ...wanted, ...to });
  const any = { value: ANY, label: "any" };
  return (
    <FilterBar
      pending={pending}
      active={filterCount(wanted)}
      search={
        <SearchFilter
          label="Target"
          placeholder="Search key, member or id"
          maxLength={AUDIT_SEARCH_MAX}
          value={wanted.target}
          onSearch={(target) => change({ target })}
        />
      }
    >
      <FilterSelect
        label="Person"
        options={[any, ...people]}
        value={wanted.person || ANY}
        onValueChange={(person) => change({ person: person === ANY ? "" : person })}
      />
      <FilterSelect
        label="Action"
        options={[any, ...actions]}
        value={wanted.action || ANY}
        onValueChange={(action) => change({ action: action === ANY ? "" : action })}
      />
      <Day label="From" value={wanted.from} max={wanted.to} onChange={(from) => change({ from })} />
      <Day label="To" value={wanted.to} min={wanted.from} onChange={(to) => change({ to })} />
      {isFiltered(wanted) && (
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
