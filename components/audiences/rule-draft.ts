import type { AudienceRule, RuleCondition, RuleGroup } from "@/lib/mail/audiences/schema";

/** A condition while it is written, with a key of its own that stays when others come and go. */
export type DraftCondition = { key: string; condition: RuleCondition };
export type DraftGroup = { key: string; match: RuleGroup["match"]; conditions: DraftCondition[] };
export type DraftEntry = DraftCondition | DraftGroup;
export type DraftRule = { match: AudienceRule["match"]; conditions: DraftEntry[] };

let made = 0;

function newKey(): string {
  made += 1;
  return `condition-${made}`;
}

/** The start of a new condition of each kind. */
const BLANK: { [Kind in RuleCondition["kind"]]: Extract<RuleCondition, { kind: Kind }> } = {
  contact: { kind: "contact", field: "email", operator: "ends_with", value: "" },
  property: { kind: "property", property: "", operator: "equals", value: "" },
  subscription: { kind: "subscription", unsubscribed: false },
  event: { kind: "event", event: "", did: true, at_least: 1, within_days: 30 },
  engagement: { kind: "engagement", action: "opened", did: true, within_days: 30 },
};

/** A condition to be filled in. */
export function blankCondition(kind: RuleCondition["kind"]): DraftCondition {
  return { key: newKey(), condition: BLANK[kind] };
}

/** A group with one condition to be filled in. */
export function blankGroup(): DraftGroup {
  return { key: newKey(), match: "any", conditions: [blankCondition("engagement")] };
}

/** The rule to begin with, or a stored one to change. */
export function toDraft(rule: AudienceRule | null): DraftRule {
  if (!rule) return { match: "all", conditions: [blankCondition("engagement")] };
  const toCondition = (condition: RuleCondition) => ({ key: newKey(), condition });
  return {
    match: rule.match,
    conditions: rule.conditions.map((entry) =>
      entry.kind === "group"
        ? { key: newKey(), match: entry.match, conditions: entry.conditions.map(toCondition) }
        : toCondition(entry),
    ),
  };
}

/** The draft as JSON. The schema decides whether it is a rule. */
export function toRule({ match, conditions }: DraftRule): unknown {
  const rule: AudienceRule = {
    match,
    conditions: conditions.map((entry) =>
      "condition" in entry
        ? entry.condition
        : {
            kind: "group",
            match: entry.match,
            conditions: entry.conditions.map(({ condition }) => condition),
          },
    ),
  };
  return JSON.parse(JSON.stringify(rule));
}

/** The errors by the path of their condition: “0”, or “1.conditions.0” in a group. */
export type RuleErrors = Readonly<Record<string, string>>;

/** The first thing that is wrong with each condition; with the rule as a whole under “”. */
export function errorsByCondition(
  issues: readonly { path: PropertyKey[]; message: string }[],
): RuleErrors {
  const errors: Record<string, string> = {};
  for (const { path, message } of issues) {
    if (path[0] === "rule") errors[placeOf(path)] ??= message;
  }
  return errors;
}

function placeOf([, , index, inside, inner]: PropertyKey[]): string {
  if (index === undefined) return "";
  const isInGroup = inside === "conditions" && inner !== undefined;
  return isInGroup ? `${String(index)}.conditions.${String(inner)}` : String(index);
}
