"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { FilterSelect, type SelectOption } from "@/components/ui/select";

type StatusFilterProps = {
  value: string;
  options: readonly SelectOption[];
  /** Where the list with each of them is. */
  hrefs: Readonly<Record<string, string>>;
};

/** Filters a list by status. Its state is the URL, so that a link shows the same. */
export function StatusFilter({ value, options, hrefs }: StatusFilterProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  function show(next: string) {
    const href = hrefs[next];
    if (href) startTransition(() => router.replace(href, { scroll: false }));
  }

  return (
    <span {...(pending && { "data-pending": "" })}>
      <FilterSelect label="Status" options={options} value={value} onValueChange={show} />
    </span>
  );
}
