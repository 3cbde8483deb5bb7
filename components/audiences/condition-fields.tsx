"use client";

import type { ReactNode } from "react";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import {
  type Comparison,
  type ConditionOf,
  NUMBER_OPERATORS,
  PRESENCE_OPERATORS,
  type RuleCondition,
  TEXT_OPERATORS,
} from "@/lib/audiences/schema";
import { FIELD_WORDS, OPERATOR_WORDS } from "@/lib/audiences/words";

const ALL_OPERATORS = [...TEXT_OPERATORS, ...NUMBER_OPERATORS, ...PRESENCE_OPERATORS];
const COLUMN_OPERATORS = [...TEXT_OPERATORS, ...PRESENCE_OPERATORS];

/** The ids of the lists of names that are offered while one types. */
export const EVENT_NAMES_ID = "known-event-names";
export const PROPERTY_NAMES_ID = "known-property-names";

type FieldsProps<Condition> = { condition: Condition; onChange: (condition: Condition) => void };

/** What can be chosen and typed of one condition, read as a sentence. */
export function ConditionFields({ condition, onChange }: FieldsProps<RuleCondition>) {
  switch (condition.kind) {
    case "contact":
      return <ColumnFields condition={condition} onChange={onChange} />;
    case "property":
      return <PropertyFields condition={condition} onChange={onChange} />;
    case "subscription":
      return (
        <Choice
          label="Subscription"
          value={condition.unsubscribed ? "out" : "in"}
          options={{ in: "is subscribed", out: "has unsubscribed" }}
          onChange={(value) => onChange({ ...condition, unsubscribed: value === "out" })}
        />
      );
    case "event":
      return <EventFields condition={condition} onChange={onChange} />;
    case "engagement":
      return <EngagementFields condition={condition} onChange={onChange} />;
  }
}

function ColumnFields({ condition, onChange }: FieldsProps<ConditionOf<"contact">>) {
  return (
    <>
      <Choice
        label="Attribute"
        value={condition.field}
        options={FIELD_WORDS}
        onChange={(field) => onChange({ ...condition, field })}
      />
      <ComparisonFields
        comparison={condition}
        operators={COLUMN_OPERATORS}
        onChange={(compared) => onChange({ ...condition, ...compared } as ConditionOf<"contact">)}
      />
    </>
  );
}

function PropertyFields({ condition, onChange }: FieldsProps<ConditionOf<"property">>) {
  return (
    <>
      <Input
        aria-label="Property"
        placeholder="property, such as plan"
        list={PROPERTY_NAMES_ID}
        value={condition.property}
        onChange={({ target }) => onChange({ ...condition, property: target.value })}
        className="min-w-36 flex-1"
      />
      <ComparisonFields
        comparison={condition}
        operators={ALL_OPERATORS}
        onChange={(compared) => onChange({ ...condition, ...compared })}
      />
    </>
  );
}

function EventFields({ condition, onChange }: FieldsProps<ConditionOf<"event">>) {
  const { event, did, at_least: times, where } = condition;
  return (
    <>
      <Choice
        label="Did it"
        value={did ? "yes" : "no"}
        options={{ yes: "did", no: "did not" }}
        onChange={(value) => onChange({ ...condition, did: value === "yes" })}
      />
      <Input
        aria-label="Event"
        placeholder="event, such as order.placed"
        list={EVENT_NAMES_ID}
        value={event}
        onChange={({ target }) => onChange({ ...condition, event: target.value })}
        className="min-w-40 flex-1"
      />
      <Counted before="at least" after={times === 1 ? "time" : "times"}>
        <NumberInput
          label="How many times"
          value={times}
          onChange={(value) => onChange({ ...condition, at_least: value })}
        />
      </Counted>
      <WithinFields
        days={condition.within_days}
        onChange={(days) => onChange({ ...condition, within_days: days })}
      />
      <Choice
        label="What the event carried"
        value={where ? "where" : "any"}
        options={{ any: "whatever it carried", where: "where" }}
        onChange={(value) =>
          onChange({
            ...condition,
            where: value === "any" ? undefined : { property: "", operator: "equals", value: "" },
          })
        }
      />
      {where && (
        <>
          <Input
            aria-label="Field of the event"
            placeholder="field, such as sku"
            value={where.property}
            onChange={({ target }) =>
              onChange({ ...condition, where: { ...where, property: target.value } })
            }
            className="min-w-32 flex-1"
          />
          <ComparisonFields
            comparison={where}
            operators={ALL_OPERATORS}
            onChange={(compared) => onChange({ ...condition, where: { ...where, ...compared } })}
          />
        </>
      )}
    </>
  );
}

function EngagementFields({ condition, onChange }: FieldsProps<ConditionOf<"engagement">>) {
  const { action, did, within_days: days } = condition;
  return (
    <>
      <Choice
        label="Engagement"
        value={`${action} ${did ? "did" : "did not"}`}
        options={{
          "opened did": "opened any email",
          "opened did not": "has not opened any email",
          "clicked did": "clicked in any email",
          "clicked did not": "has not clicked in any email",
        }}
        onChange={(value) =>
          onChange({
            ...condition,
            action: value.startsWith("opened") ? "opened" : "clicked",
            did: !value.endsWith("not"),
          })
        }
      />
      <WithinFields
        days={days}
        onChange={(within) => onChange({ ...condition, within_days: within })}
      />
    </>
  );
}

function WithinFields({
  days,
  onChange,
}: {
  days: number | undefined;
  onChange: (days: number | undefined) => void;
}) {
  return (
    <>
      <Choice
        label="When"
        value={days === undefined ? "ever" : "within"}
        options={{ within: "in the last", ever: "at any time" }}
        onChange={(value) => onChange(value === "ever" ? undefined : 30)}
      />
      {days !== undefined && (
        <Counted after={days === 1 ? "day" : "days"}>
          <NumberInput label="Days" value={days} onChange={onChange} />
        </Counted>
      )}
    </>
  );
}

type ComparisonFieldsProps = {
  comparison: Comparison;
  operators: readonly Comparison["operator"][];
  onChange: (compared: Comparison) => void;
};

function ComparisonFields({ comparison, operators, onChange }: ComparisonFieldsProps) {
  const { operator, value } = comparison;
  const words: Record<string, string> = Object.fromEntries(
    operators.map((one) => [one, OPERATOR_WORDS[one]]),
  );
  const chosen: string = operator;
  return (
    <>
      <Choice
        label="Comparison"
        value={chosen}
        options={words}
        onChange={(next) => onChange(withValue(next as Comparison["operator"], value))}
      />
      {isIn(NUMBER_OPERATORS, operator) && (
        <NumberInput
          label="Value"
          value={Number(value)}
          onChange={(number) => onChange({ operator, value: number })}
        />
      )}
      {isIn(TEXT_OPERATORS, operator) && (
        <Input
          aria-label="Value"
          value={String(value ?? "")}
          onChange={({ target }) => onChange({ operator, value: target.value })}
          className="min-w-32 flex-1"
        />
      )}
    </>
  );
}

/** The value as the operator takes it: a number, a text or none. */
function withValue(operator: Comparison["operator"], value: Comparison["value"]): Comparison {
  if (isIn(PRESENCE_OPERATORS, operator)) return { operator, value: undefined };
  if (isIn(NUMBER_OPERATORS, operator)) {
    return { operator, value: value === "" || value === undefined ? Number.NaN : Number(value) };
  }
  return { operator, value: value === undefined || Number.isNaN(value) ? "" : String(value) };
}

function isIn(operators: readonly string[], operator: string): boolean {
  return operators.includes(operator);
}

type ChoiceProps<Value extends string> = {
  label: string;
  value: Value;
  options: Readonly<Record<Value, string>>;
  onChange: (value: Value) => void;
};

function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  const listed = Object.entries<string>(options).map(([one, words]) => ({
    value: one,
    label: words,
  }));
  return (
    <div className="min-w-28 max-md:w-full">
      <Select
        aria-label={label}
        options={listed}
        value={value}
        onValueChange={(chosen) => onChange(chosen as Value)}
      />
    </div>
  );
}

type NumberInputProps = { label: string; value: number; onChange: (value: number) => void };

function NumberInput({ label, value, onChange }: NumberInputProps) {
  return (
    <Input
      aria-label={label}
      type="number"
      inputMode="decimal"
      value={Number.isNaN(value) ? "" : value}
      onChange={({ target }) => onChange(target.value === "" ? Number.NaN : Number(target.value))}
      className="w-20"
    />
  );
}

/** A number with the words around it. */
function Counted({
  before,
  after,
  children,
}: {
  before?: string;
  after: string;
  children: ReactNode;
}) {
  return (
    <span className="inline-flex items-center gap-1.5 text-ink-2 text-sm">
      {before}
      {children}
      {after}
    </span>
  );
}
