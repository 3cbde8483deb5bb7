import type {
  AudienceRule,
  Comparison,
  RuleCondition,
  RuleGroup,
} from "@/lib/mail/audiences/schema";

/** The words of a comparison between a field and its value, as the rule editor offers them. */
export const OPERATOR_WORDS: Record<Comparison["operator"], string> = {
  equals: "is",
  not_equals: "is not",
  contains: "contains",
  not_contains: "does not contain",
  starts_with: "begins with",
  ends_with: "ends with",
  more_than: "is more than",
  at_least: "is at least",
  less_than: "is less than",
  at_most: "is at most",
  exists: "is known",
  missing: "is not known",
};

/** The names of a contact's columns. */
export const FIELD_WORDS = {
  email: "Email",
  first_name: "First name",
  last_name: "Last name",
} as const;

/** A whole rule in one sentence, for example for the audit log. */
export function ruleInWords({ match, conditions }: Pick<AudienceRule, "match" | "conditions">) {
  const joint = match === "all" ? ", and " : ", or ";
  return conditions.map(entryInWords).join(joint);
}

function entryInWords(entry: RuleCondition | RuleGroup): string {
  return entry.kind === "group" ? `(${ruleInWords(entry)})` : conditionInWords(entry);
}

/** One condition in words: “Opened any email in the last 30 days”. */
export function conditionInWords(condition: RuleCondition): string {
  switch (condition.kind) {
    case "contact":
      return `${FIELD_WORDS[condition.field]} ${comparedInWords(condition)}`;
    case "property":
      return `${condition.property} ${comparedInWords(condition)}`;
    case "subscription":
      return condition.unsubscribed ? "Has unsubscribed" : "Is subscribed";
    case "event":
      return `${timesInWords(condition)}${where(condition.where)}${lately(condition.within_days)}`;
    case "engagement": {
      const verb = condition.did ? ENGAGED[condition.action] : `Has not ${condition.action}`;
      return `${verb} any email${lately(condition.within_days)}`;
    }
  }
}

const ENGAGED = { opened: "Opened", clicked: "Clicked in" };

function comparedInWords({ operator, value }: Comparison): string {
  const words = OPERATOR_WORDS[operator];
  if (value === undefined) return words;
  return `${words} ${typeof value === "string" ? `“${value}”` : value}`;
}

type EventCondition = Extract<RuleCondition, { kind: "event" }>;

function timesInWords({ event, did, at_least: times }: EventCondition): string {
  const what = `“${event}”`;
  if (times === 1) return did ? `Did ${what}` : `Did not do ${what}`;
  return did ? `Did ${what} at least ${times} times` : `Did ${what} fewer than ${times} times`;
}

function where(comparison: EventCondition["where"]): string {
  if (!comparison) return "";
  return ` with ${comparison.property} that ${comparedInWords(comparison)}`;
}

function lately(days: number | undefined): string {
  if (days === undefined) return "";
  return days === 1 ? " in the last day" : ` in the last ${days} days`;
}
