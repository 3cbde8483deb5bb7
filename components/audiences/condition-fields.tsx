"use client";

import { Input } from "@/components/ui/input";
import { NUMBER_OPERATORS, PRESENCE_OPERATORS, TEXT_OPERATORS } from "@/lib/mail/audiences/limits";
import type { ConditionOf, RuleCondition } from "@/lib/mail/audiences/schema";
import { FIELD_WORDS } from "@/lib/mail/audiences/words";
import { ComparisonFields } from "./comparison-fields";
import { Choice, Counted, NumberInput } from "./condition-inputs";

const ALL_OPERATORS = [...TEXT_OPERATORS, ...NUMBER_OPERATORS, ...PRESENCE_OPERATORS];
const COLUMN_OPERATORS = [...TEXT_OPERATORS, ...PRESENCE_OPERATORS];

/** The ids of the lists of names that are offered while one types. */
export const EVENT_NAMES_ID = "known-event-names";
export const PROPERTY_NAMES_ID = "known-property-names";

type FieldsProps<Condition> = { condition: Condition; onChange: (condition: Condition) => void };

/** The controls of one condition, which read as a sentence. */
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
        label="Event data"
        value={where ? "where" : "any"}
        options={{ any: "with any data", where: "where" }}
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
