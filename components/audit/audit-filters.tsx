"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { FilterBar } from "@/components/ui/filter-bar";
import { InlineField } from "@/components/ui/inline-field";
import { Input } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { SearchFilter } from "@/components/ui/search-filter";
import { FilterSelect } from "@/components/ui/select";
import { useFilters } from "@/components/ui/use-filters";
import { AUDIT_SEARCH_MAX } from "@/lib/access/audit-log/limits";
import type { AuditQuery } from "@/lib/access/audit-log/schema";
import { auditList } from "./audit-url";

const ANY = { value: "", label: "any" };

type Choice = { value: string; label: string };

type AuditFiltersProps = {
  query: AuditQuery;
  people: readonly Choice[];
  actions: readonly Choice[];
};

/** The filters above the log. Their state is the URL, so that a link shows the same events. */
export function AuditFilters({ query, people, actions }: AuditFiltersProps) {
  const { wanted, pending, change } = useFilters(auditList, query);
  return (
    <FilterBar
      pending={pending}
      active={auditList.filterCount(wanted)}
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
        options={[ANY, ...people]}
        value={wanted.person}
        onValueChange={(person) => change({ person })}
      />
      <FilterSelect
        label="Action"
        options={[ANY, ...actions]}
        value={wanted.action}
        onValueChange={(action) => change({ action })}
      />
      <Day label="From" value={wanted.from} max={wanted.to} onChange={(from) => change({ from })} />
      <Day label="To" value={wanted.to} min={wanted.from} onChange={(to) => change({ to })} />
      <span className="text-ink-3 text-xs">UTC days</span>
      {auditList.isFiltered(wanted) && (
        <Button asChild variant="ghost">
          <Link href={auditList.url({})}>
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
