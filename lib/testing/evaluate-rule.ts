import type {
  AudienceRule,
  Comparison,
  RuleCondition,
  RuleGroup,
} from "@/lib/mail/audiences/schema";
import { DAY_MS } from "@/lib/platform/clock";

/** The data of a contact that rules look at, with all its events. */
export type JudgedContact = {
  id: string;
  email: string;
  first_name: string | null;
  last_name: string | null;
  unsubscribed: boolean;
  properties: Record<string, unknown>;
  lastOpenedAt: Date | null;
  lastClickedAt: Date | null;
  events: readonly { name: string; at: Date; payload: unknown }[];
};

/** Whether a rule matches a contact, computed without a database. Tests compare the SQL with it. */
export function evaluateRule(
  { match, conditions }: Pick<AudienceRule, "match" | "conditions">,
  contact: JudgedContact,
  now: Date,
): boolean {
  const isTrue = (entry: RuleCondition | RuleGroup) =>
    entry.kind === "group" ? evaluateRule(entry, contact, now) : evaluate(entry, contact, now);
  return match === "all" ? conditions.every(isTrue) : conditions.some(isTrue);
}

function evaluate(condition: RuleCondition, contact: JudgedContact, now: Date): boolean {
  switch (condition.kind) {
    case "contact":
      return condition.field === "email"
        ? compare(contact.email, condition, (text) => text.toLowerCase())
        : compare(contact[condition.field], condition);
    case "property":
      return compare(own(contact.properties, condition.property), condition);
    case "subscription":
      return contact.unsubscribed === condition.unsubscribed;
    case "event": {
      const times = contact.events
        .filter(({ name }) => name === condition.event)
        .filter(({ at }) => isWithin(at, condition.within_days, now))
        .filter(
          ({ payload }) =>
            !condition.where || compare(reach(payload, condition.where.property), condition.where),
        );
      return times.length >= condition.at_least === condition.did;
    }
    case "engagement": {
      const at = condition.action === "opened" ? contact.lastOpenedAt : contact.lastClickedAt;
      return (at !== null && isWithin(at, condition.within_days, now)) === condition.did;
    }
  }
}

function isWithin(at: Date, days: number | undefined, now: Date): boolean {
  return days === undefined || at.getTime() >= now.getTime() - days * DAY_MS;
}

function reach(payload: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, step) => own(value, step), payload);
}

function own(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

/** The form in which two texts are compared. */
type Form = (text: string) => string;
type Compare = (given: unknown, value: NonNullable<Comparison["value"]>, form: Form) => boolean;

const COMPARE: Record<Comparison["operator"], Compare> = {
  exists: (given) => given !== undefined && given !== null,
  missing: (given) => given === undefined || given === null,
  equals: isEqual,
  not_equals: (given, value, form) => !isEqual(given, value, form),
  contains: (given, value, form) => textOf(given, form)?.includes(form(String(value))) ?? false,
  not_contains: (given, value, form) => !textOf(given, form)?.includes(form(String(value))),
  starts_with: (given, value, form) =>
    textOf(given, form)?.startsWith(form(String(value))) ?? false,
  ends_with: (given, value, form) => textOf(given, form)?.endsWith(form(String(value))) ?? false,
  more_than: (given, value) => numberOf(given) > Number(value),
  at_least: (given, value) => numberOf(given) >= Number(value),
  less_than: (given, value) => numberOf(given) < Number(value),
  at_most: (given, value) => numberOf(given) <= Number(value),
};

function compare(given: unknown, { operator, value }: Comparison, form: Form = folded): boolean {
  return COMPARE[operator](given, value ?? "", form);
}

function isEqual(given: unknown, value: NonNullable<Comparison["value"]>, form: Form): boolean {
  if (textOf(given, form) === form(String(value))) return true;
  return typeof given === "number" && given === numberOf(value);
}

/** A text without case and accents. */
function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .toLowerCase();
}

/** The text of a value; lists, objects and missing values have none. Numbers are written as Postgres does. */
function textOf(given: unknown, form: Form): string | undefined {
  if (typeof given === "number") return writtenOut(given);
  return typeof given === "string" || typeof given === "boolean" ? form(String(given)) : undefined;
}

function writtenOut(number: number): string {
  return number.toLocaleString("en", { useGrouping: false, maximumFractionDigits: 20 });
}

/** The number in a value, or NaN, which no comparison accepts. */
function numberOf(given: unknown): number {
  if (typeof given === "number") return given;
  const isOne = typeof given === "string" && /^-?\d{1,15}(\.\d{1,15})?$/.test(given);
  return isOne ? Number(given) : Number.NaN;
}
