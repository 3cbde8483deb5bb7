"use client";

import { useState } from "react";
import { FilterSelect, type SelectOption } from "@/components/ui/select";
import { RANGES } from "@/lib/access/activity/limits";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import { RANGE_WORDS } from "@/lib/access/activity/words";
import { InstantField } from "./instant-field";
import { useClock } from "./use-clock";

const CUSTOM = "custom";

type Choice = "" | (typeof RANGES)[number] | typeof CUSTOM;

const CHOICES: readonly SelectOption<Choice>[] = [
  { value: "", label: "any" },
  ...RANGES.map((range) => ({ value: range, label: RANGE_WORDS[range] })),
  { value: CUSTOM, label: "from … to …" },
];

type Times = Pick<ActivityQuery, "range" | "from" | "to">;

type TimeFilterProps = { query: Times; onChange: (times: Times) => void };

/** Narrows the list to a named time, or to the time between two minutes. */
export function TimeFilter({ query: { range, from, to }, onChange }: TimeFilterProps) {
  const [clock] = useClock();
  const [isCustom, setCustom] = useState(false);
  const choice = range ?? (from || to || isCustom ? CUSTOM : "");

  function choose(next: Choice) {
    setCustom(next === CUSTOM);
    const named = next === CUSTOM || next === "" ? undefined : next;
    if (named || range || from || to) onChange({ range: named, from: undefined, to: undefined });
  }

  return (
    <>
      <FilterSelect label="Time" options={CHOICES} value={choice} onValueChange={choose} />
      {choice === CUSTOM && (
        <div className="flex flex-wrap gap-2 max-md:contents">
          <InstantField
            label="From"
            at={from}
            clock={clock}
            onChange={(next) => onChange({ from: next })}
          />
          <InstantField
            label="To"
            at={to}
            clock={clock}
            onChange={(next) => onChange({ to: next })}
          />
          <span className="self-center text-ink-3 text-xs">
            {clock === "utc" ? "UTC" : "your time"}
          </span>
        </div>
      )}
    </>
  );
}
