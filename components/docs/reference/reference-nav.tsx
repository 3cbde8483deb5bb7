"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useHydrated } from "@/components/auth/use-hydrated";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { SearchField } from "@/components/ui/search-field";
import { useSearchKey } from "./use-search-key";

export type NavCall = { id: string; method: string; path: string; title: string };
export type NavGroup = { tag: string; calls: NavCall[] };

const GUIDES = [
  { id: "key", label: "The key" },
  { id: "errors", label: "Errors" },
  { id: "lists", label: "Lists and paging" },
  { id: "repeating", label: "Repeating safely" },
  { id: "limits", label: "Limits" },
] as const;

const LINK = "flex items-baseline gap-2 rounded-sm px-2 py-1 hover:bg-bg-sunken";
const SHORT_METHODS: Readonly<Record<string, string>> = { DELETE: "DEL" };

/** The guides and every call beside the page, with the current one marked. Typing narrows the calls down. */
export function ReferenceNav({ groups }: { groups: readonly NavGroup[] }) {
  const current = usePathname();
  const [search, setSearch] = useState("");
  const hydrated = useHydrated();
  const box = useSearchKey();
  const found = groups.flatMap((group) => {
    const calls = group.calls.filter((call) => isFound(call, group.tag, search));
    return calls.length > 0 ? [{ ...group, calls }] : [];
  });
  return (
    <nav aria-label="API reference" className="grid gap-4 text-sm">
      <SearchField
        ref={box}
        label="Find a call"
        placeholder="Find a call"
        disabled={!hydrated}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        className="mx-0.5"
      />
      {!search && <Guides />}
      {found.map(({ tag, calls }) => (
        <div key={tag}>
          <h2 className="px-2 py-1 text-ink-3 text-xs">{tag}</h2>
          <ul>
            {calls.map((call) => (
              <li key={call.id}>
                <CallLink call={call} isCurrent={current === hrefOf(call)} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      {found.length === 0 && (
        <p role="status" className="px-2 text-ink-2">
          No call has these words.
        </p>
      )}
    </nav>
  );
}

function CallLink({ call, isCurrent }: { call: NavCall; isCurrent: boolean }) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isCurrent) link.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  return (
    <Link
      ref={link}
      href={hrefOf(call)}
      aria-current={isCurrent ? "page" : undefined}
      className={cn(LINK, isCurrent && "bg-accent-soft font-medium hover:bg-accent-soft")}
    >
      <span className="w-10 shrink-0 font-mono text-2xs text-ink-3">
        {SHORT_METHODS[call.method] ?? call.method}
      </span>
      <span className="min-w-0">{call.title}</span>
    </Link>
  );
}

function hrefOf({ id }: NavCall): string {
  return `/docs/api/${id}`;
}

function Guides() {
  return (
    <div>
      <h2 className="px-2 py-1 text-ink-3 text-xs">Start here</h2>
      <ul>
        {GUIDES.map(({ id, label }) => (
          <li key={id}>
            <Link href={`/docs/api#${id}`} className={LINK}>
              <span aria-hidden className="w-10 shrink-0" />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function isFound({ method, path, title }: NavCall, tag: string, search: string): boolean {
  const text = `${method} ${path} ${title} ${tag}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
