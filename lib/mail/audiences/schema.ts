import { z } from "zod";
import {
  AUDIENCE_NAME_MAX,
  NUMBER_OPERATORS,
  PRESENCE_OPERATORS,
  TEXT_OPERATORS,
} from "@/lib/mail/audiences/limits";
import { eventName, PROPERTY_NAME_MAX, PROPERTY_TEXT_MAX } from "@/lib/mail/names";
import { anyId } from "@/lib/people/auth/schema";
import { pageQuery } from "@/lib/platform/paging/schema";
import { boundedText, isStorable, plainText } from "@/lib/platform/text";

/** The name of an audience. */
export const audienceName = plainText(AUDIENCE_NAME_MAX).refine((text) => text.length > 0, {
  message: "Give the audience a name.",
});

/** The most dynamic audiences in each environment of a workspace, since a contact is tried against all of them. */
export const RULES_MAX = 100;
export const CONDITIONS_MAX = 20;
export const EVENT_TIMES_MAX = 1_000;
export const WITHIN_DAYS_MAX = 3_650;
const NUMBER_MAX = 1e15;

const comparedText = plainText(PROPERTY_TEXT_MAX).refine((text) => text.length > 0, {
  message: "Say what to compare it with.",
});
const comparedNumber = z
  .number("Use a number.")
  .min(-NUMBER_MAX, "Use a number of at most 15 digits.")
  .max(NUMBER_MAX, "Use a number of at most 15 digits.");
const comparedValue = z.union([comparedText, comparedNumber, z.boolean()], {
  error: `Use a text of at most ${PROPERTY_TEXT_MAX} characters, a number, true or false.`,
});

const propertyName = boundedText(PROPERTY_NAME_MAX, {
  error: "Name the property.",
  tooLong: `Property names have at most ${PROPERTY_NAME_MAX} characters.`,
})
  .min(1, "Name the property.")
  .min(1, "Name the property.")
  .normalize("NFC")
  .refine(isStorable, { message: "Contains characters that cannot be stored." });

const includes = (list: readonly string[], operator: string) => list.includes(operator);

type Compared = { operator: string; value?: string | number | boolean | undefined };

/** Checks that the value suits the operator: none for presence, a number for “more” or “less”, any for the rest. */
function checkCompared({ operator, value }: Compared, context: z.RefinementCtx): void {
  const refuse = (message: string) =>
    context.addIssue({ code: "custom", path: ["value"], message });
  if (includes(PRESENCE_OPERATORS, operator)) {
    if (value !== undefined) refuse("Leave the value out here.");
  } else if (includes(NUMBER_OPERATORS, operator)) {
    if (typeof value !== "number") refuse("Use a number.");
  } else if (value === undefined) refuse("Say what to compare it with.");
}

const anyComparison = {
  operator: z.enum([...TEXT_OPERATORS, ...NUMBER_OPERATORS, ...PRESENCE_OPERATORS]),
  value: comparedValue.optional(),
};

const contactCondition = z
  .strictObject({
    kind: z.literal("contact"),
    field: z.enum(["email", "first_name", "last_name"]),
    operator: z.enum([...TEXT_OPERATORS, ...PRESENCE_OPERATORS]),
    value: comparedText.optional(),
  })
  .superRefine(checkCompared);

const propertyCondition = z
  .strictObject({ kind: z.literal("property"), property: propertyName, ...anyComparison })
  .superRefine(checkCompared);

const subscriptionCondition = z.strictObject({
  kind: z.literal("subscription"),
  unsubscribed: z.boolean(),
});

const withinDays = z
  .int("Use a whole number of days.")
  .min(1, "Use at least 1 day.")
  .max(WITHIN_DAYS_MAX, `Use at most ${WITHIN_DAYS_MAX} days.`);

/** A comparison with a value in a contact event's payload; dots lead into objects and lists, as in `items.0.sku`. */
const payloadComparison = z
  .strictObject({ property: propertyName, ...anyComparison })
  .superRefine(checkCompared);

/** Whether the contact did something at least a number of times, within a number of days or ever. */
const eventCondition = z.strictObject({
  kind: z.literal("event"),
  event: eventName,
  did: z.boolean(),
  at_least: z
    .int("Use a whole number.")
    .min(1, "Use at least 1.")
    .max(EVENT_TIMES_MAX, `Use at most ${EVENT_TIMES_MAX}.`),
  within_days: withinDays.optional(),
  where: payloadComparison.optional(),
});

/** Whether the contact opened or clicked any email, within a number of days or ever. */
const engagementCondition = z.strictObject({
  kind: z.literal("engagement"),
  action: z.enum(["opened", "clicked"]),
  did: z.boolean(),
  within_days: withinDays.optional(),
});

const CONDITIONS = [
  contactCondition,
  propertyCondition,
  subscriptionCondition,
  eventCondition,
  engagementCondition,
] as const;

const someConditions = <Condition extends z.ZodType>(condition: Condition) =>
  z
    .array(condition)
    .min(1, "Add a condition.")
    .max(CONDITIONS_MAX, `Use at most ${CONDITIONS_MAX} conditions.`);

const match = z.enum(["all", "any"]);
const ruleGroup = z.strictObject({
  kind: z.literal("group"),
  match,
  conditions: someConditions(z.discriminatedUnion("kind", CONDITIONS)),
});

/** The rule of a dynamic audience. It matches contacts for which all, or any, of its conditions are true. */
export const audienceRule = z
  .strictObject({
    match,
    conditions: someConditions(z.discriminatedUnion("kind", [...CONDITIONS, ruleGroup])),
  })
  .refine((rule) => countConditions(rule.conditions) <= CONDITIONS_MAX, {
    path: ["conditions"],
    error: `Use at most ${CONDITIONS_MAX} conditions.`,
  });
export type AudienceRule = z.infer<typeof audienceRule>;
export type RuleGroup = z.infer<typeof ruleGroup>;
export type RuleCondition = RuleGroup["conditions"][number];
export type ConditionOf<Kind extends RuleCondition["kind"]> = Extract<
  RuleCondition,
  { kind: Kind }
>;
export type Comparison = Pick<z.infer<typeof payloadComparison>, "operator" | "value">;

function countConditions(entries: readonly (RuleCondition | RuleGroup)[]): number {
  return entries
    .map((entry) => (entry.kind === "group" ? entry.conditions.length : 1))
    .reduce((sum, count) => sum + count, 0);
}

export const audienceInput = z.strictObject({
  name: audienceName,
  rule: audienceRule
    .optional()
    .meta({ description: "Who belongs; without it, a list that is kept by hand." }),
});
export type AudienceInput = z.infer<typeof audienceInput>;

/** The changes to an audience. A list gets no rule, since it would lose its contacts. */
export const changeAudienceInput = z
  .strictObject({
    name: audienceName.optional(),
    rule: audienceRule
      .optional()
      .meta({ description: "Who belongs from now on, for an audience with a rule." }),
  })
  .refine(({ name, rule }) => name !== undefined || rule !== undefined, {
    error: "Send a name or a rule.",
  });
export type ChangeAudienceInput = z.infer<typeof changeAudienceInput>;

export const listAudiencesQuery = z.strictObject(pageQuery);

const environment = z.enum(["live", "test"]);

/** An audience as the console's form sends it; the API takes the environment from the key. */
export const newAudienceInput = audienceInput.extend({ environment });
export type NewAudienceInput = z.infer<typeof newAudienceInput>;

export const editAudienceInput = changeAudienceInput.safeExtend({ id: anyId, environment });
export type EditAudienceInput = z.infer<typeof editAudienceInput>;

export const deleteAudienceInput = z.strictObject({ id: anyId, environment });
export type DeleteAudienceInput = z.infer<typeof deleteAudienceInput>;

export const audienceUseInput = z.strictObject({ id: anyId });

/** A draft of a rule whose contacts are to be counted. */
export const ruleCountInput = z.strictObject({ environment, rule: audienceRule });
export type RuleCountInput = z.infer<typeof ruleCountInput>;

/** The query in the URL of the audiences page. An unknown value counts as not given. */
export const audiencesPageQuery = z.object({
  environment: environment.catch("live"),
  after: pageQuery.after.catch(undefined),
  before: pageQuery.before.catch(undefined),
});
export type AudiencesPageQuery = z.infer<typeof audiencesPageQuery>;
