"use client";

import { useEffect, useState } from "react";
import { InlineField } from "@/components/ui/inline-field";
import { Input } from "@/components/ui/input";
import type { Clock } from "./use-clock";

const TYPING_PAUSE_MS = 600;
/** While a year is being typed the field already holds a date, such as in the year 20. */
const FIRST_YEAR = 2000;

type InstantFieldProps = {
  label: string;
  at: Date | undefined;
  clock: Clock;
  onChange: (at: Date | undefined) => void;
};

/** One end of a time range, to the minute, on the clock the page shows. */
export function InstantField({ label, at, clock, onChange }: InstantFieldProps) {
  const given = at ? inputText(at, clock) : "";
  const [text, setText] = useState(given);
  const [shown, setShown] = useState(given);
  if (shown !== given) {
    setShown(given);
    setText(given);
  }

  useEffect(() => {
    if (text === given) return;
    const timer = setTimeout(() => {
      const instant = text ? instantOf(text, clock) : undefined;
      if (!instant || instant.getUTCFullYear() >= FIRST_YEAR) onChange(instant);
    }, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, given, clock, onChange]);

  return (
    <InlineField label={label}>
      {(id) => (
        <Input
          id={id}
          type="datetime-local"
          value={text}
          max="9999-12-31T23:59"
          onChange={(event) => setText(event.target.value)}
          className="w-[11.5rem] px-2 text-xs max-md:flex-1 max-md:text-base"
        />
      )}
    </InlineField>
  );
}

function inputText(at: Date, clock: Clock): string {
  const shift = clock === "utc" ? 0 : at.getTimezoneOffset() * 60_000;
  return new Date(at.getTime() - shift).toISOString().slice(0, 16);
}

function instantOf(text: string, clock: Clock): Date | undefined {
  const instant = new Date(clock === "utc" ? `${text}Z` : text);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}
