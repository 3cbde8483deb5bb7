import { expect, test } from "vitest";
import type { AudienceRule } from "@/lib/mail/audiences/schema";
import { ruleInWords } from "@/lib/mail/audiences/words";

const viewed = { kind: "event", event: "product.viewed" } as const;

test.each<[string, AudienceRule]>([
  [
    "Opened any email in the last 30 days, and Did “product.viewed” at least 2 times with sku that is “tea”",
    {
      match: "all",
      conditions: [
        { kind: "engagement", action: "opened", did: true, within_days: 30 },
        {
          ...viewed,
          did: true,
          at_least: 2,
          where: { property: "sku", operator: "equals", value: "tea" },
        },
      ],
    },
  ],
  [
    "Email ends with “@example.com”, or (seats is at least 5, and plan is not known)",
    {
      match: "any",
      conditions: [
        { kind: "contact", field: "email", operator: "ends_with", value: "@example.com" },
        {
          kind: "group",
          match: "all",
          conditions: [
            { kind: "property", property: "seats", operator: "at_least", value: 5 },
            { kind: "property", property: "plan", operator: "missing" },
          ],
        },
      ],
    },
  ],
  [
    "Is subscribed, and Did not do “product.viewed” in the last day, and Has not clicked any email",
    {
      match: "all",
      conditions: [
        { kind: "subscription", unsubscribed: false },
        { ...viewed, did: false, at_least: 1, within_days: 1 },
        { kind: "engagement", action: "clicked", did: false },
      ],
    },
  ],
])("a rule reads “%s”", (words, rule) => {
  expect(ruleInWords(rule)).toBe(words);
});
