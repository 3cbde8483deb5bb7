"use client";

import { ListFilter, X } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useId, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Input } from "@/components/ui/input";
import { SearchField } from "@/components/ui/search-field";
import { FilterSelect } from "@/components/ui/select";
import { AUDIT_SEARCH_MAX, type AuditFilter, type AuditQuery } from "@/lib/audit/schema";
import { auditAddress, filterOf, isFiltered } from "./audit-address";

const TYPING_PAUSE_MS = 250;
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
  const [unfolded, setUnfolded] = useState(false);

  function show(change: Partial<AuditFilter>) {
    const address = auditAddress({ ...filterOf(query), ...change });
    startTransition(() => router.replace(address, { scroll: false }));
  }

  const any = { value: ANY, label: "any" };
  return (
    <search className="mb-3 flex flex-wrap gap-2" {...(pending && { "data-pending": "" })}>
      <TargetSearch target={query.target} onSearch={(target) => show({ target })} />
      <Button
        className="font-normal md:hidden"
        aria-expanded={unfolded}
        onClick={() => setUnfolded(!unfolded)}
      >
        <ListFilter aria-hidden />
        Filter
      </Button>
      <div className={cn("flex flex-wrap gap-2", !unfolded && "max-md:hidden")}>
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
      </div>
    </search>
  );
}

function TargetSearch({ target, onSearch }: { target: string; onSearch: (text: string) => void }) {
  const [text, setText] = useState(target);

  // Going back, or clearing all, changes the address under the box.
  useEffect(() => setText(target), [target]);

  useEffect(() => {
    if (text.trim() === target) return;
    const timer = setTimeout(() => onSearch(text.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, target, onSearch]);

  return (
    <SearchField
      label="Target"
      placeholder="Search key, member or id"
      maxLength={AUDIT_SEARCH_MAX}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
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
  const id = useId();
  return (
    <div className="flex items-center gap-1.5 text-ink-2 text-sm">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        type="date"
        value={value}
        {...(min && { min })}
        {...(max && { max })}
        onChange={(event) => onChange(event.target.value)}
        className="w-36 max-md:text-sm"
      />
    </div>
  );
}
