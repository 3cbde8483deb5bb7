"use client";

import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { ChosenInstant } from "@/components/ui/chosen-instant";
import { cn } from "@/components/ui/class-names";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select, type SelectOption } from "@/components/ui/select";
import { useTimeZone } from "@/components/ui/use-time-zone";
import { expiryFrom } from "@/lib/access/api-keys/key/expiry";
import { DEFAULT_EXPIRY_DAYS, EXPIRY_DAYS } from "@/lib/access/api-keys/key/limits";
import type { Expiry } from "@/lib/access/api-keys/key/schema";
import { DAY_MS, later } from "@/lib/platform/clock";
import { longDate } from "@/lib/platform/format/time";
import { dayInZone } from "@/lib/platform/format/zone-clock";

const ON_A_DATE = "date";
const NEVER = "never";
const WHY_NOT_NEVER = "Riskier: if it leaks, it keeps working until someone notices.";

type ExpiryFieldProps = {
  value: Expiry;
  onChange: (expiry: Expiry) => void;
  /** The moment the page was made, from which the offered dates count. */
  today: Date;
  error: string | undefined;
};

/** When the key stops working by itself. */
export function ExpiryField({ value, onChange, today, error }: ExpiryFieldProps) {
  const timeZone = useTimeZone();
  return (
    <div className={cn("grid gap-3", value.kind === ON_A_DATE && "md:grid-cols-[1fr_auto]")}>
      <Field label="Expires" {...(value.kind !== ON_A_DATE && { error })}>
        {(control) => (
          <Select
            {...control}
            options={optionsIn(timeZone, today)}
            value={value.kind === "days" ? String(value.days) : value.kind}
            onValueChange={(chosen) => onChange(expiryChosen(chosen, today))}
          />
        )}
      </Field>
      {value.kind === NEVER && (
        <p className="-mt-1.5 flex items-start gap-1.5 text-warn text-xs">
          <TriangleAlert aria-hidden className="size-4" />
          {WHY_NOT_NEVER}
        </p>
      )}
      {value.kind === ON_A_DATE && (
        <Field label="Last day" hint={lastMinute(value.date)} error={error}>
          {(control) => (
            <Input
              {...control}
              type="date"
              min={dayOf(today)}
              value={value.date}
              onChange={(event) => onChange({ kind: ON_A_DATE, date: event.target.value })}
            />
          )}
        </Field>
      )}
    </div>
  );
}

/** The choices, with the days on which the reader's calendar ends them. */
function optionsIn(timeZone: string, today: Date): SelectOption[] {
  return [
    ...EXPIRY_DAYS.map((days) => {
      const length = days === 365 ? "1 year" : `${days} days`;
      const end = dayInZone(timeZone, later(today, days * DAY_MS));
      return { value: String(days), label: `In ${length} (${longDate(end)})` };
    }),
    { value: ON_A_DATE, label: "On a date…" },
    { value: NEVER, label: "Never", hint: WHY_NOT_NEVER },
  ];
}

function expiryChosen(chosen: string, today: Date): Expiry {
  if (chosen === NEVER) return { kind: NEVER };
  const days = EXPIRY_DAYS.find((offered) => String(offered) === chosen);
  if (days) return { kind: "days", days };
  return { kind: ON_A_DATE, date: dayOf(later(today, DEFAULT_EXPIRY_DAYS * DAY_MS)) };
}

/** The zone of the day, and the time on the reader's clock at its end. */
function lastMinute(date: string): ReactNode {
  const { expiresAt } = expiryFrom({ kind: ON_A_DATE, date }, new Date(0));
  if (!expiresAt || Number.isNaN(expiresAt.getTime())) return "Works until 23:59 UTC of that day.";
  return (
    <>
      Works to the end of that UTC day: <ChosenInstant at={expiresAt} />
    </>
  );
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
