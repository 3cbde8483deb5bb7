import { expect, test } from "vitest";
import { z } from "zod";
import { audienceInput } from "@/lib/mail/audiences/schema";
import { createCampaignInput } from "@/lib/mail/campaigns/schema";
import { createContactInput } from "@/lib/mail/contacts/schema";
import { sendEmailInput } from "@/lib/mail/emails/schema";

const CONTACT = { email: "ada@example.com" };
const EMAIL = { from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" };
const CAMPAIGN = { name: "A", audience_id: "aud_1", from: "a@example.com", template_id: "tpl_1" };
const rule = (values: object) => ({
  name: "A",
  rule: {
    match: "all",
    conditions: [{ kind: "engagement", action: "opened", did: true }],
    ...values,
  },
});

/** The issues of a value, each with its place. */
function complaints(schema: z.ZodType, value: unknown): string[] {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

test.each<[schema: z.ZodType, value: unknown, complaint: string]>([
  [
    createContactInput,
    { ...CONTACT, properties: { note: "x".repeat(501) } },
    "properties.note: Use at most 500 characters.",
  ],
  [
    createContactInput,
    { ...CONTACT, properties: { n: 2 ** 60 } },
    "properties.n: Use a number of at most 15 digits.",
  ],
  [createContactInput, { ...CONTACT, first_name: 7 }, "first_name: Use a text."],
  [
    createContactInput,
    { ...CONTACT, audiences: Array.from({ length: 51 }, () => "aud_1") },
    "audiences: Use at most 50 entries.",
  ],
  [createContactInput, { ...CONTACT, nick: "A" }, ": Not known here: nick."],
  [
    sendEmailInput,
    { ...EMAIL, headers: { Bcc: "x@example.com" } },
    "headers.Bcc: This header is written by us: use the email's own fields.",
  ],
  [sendEmailInput, { ...EMAIL, html: 7 }, "html: Use a text."],
  [sendEmailInput, { ...EMAIL, tags: [{ name: "a" }] }, "tags.0.value: This field is required."],
  [audienceInput, rule({ match: "some" }), "rule.match: Use one of: all, any."],
  [
    audienceInput,
    rule({ conditions: [{ kind: "mood" }] }),
    "rule.conditions.0.kind: Use one of: contact, property, subscription, event, engagement, group.",
  ],
  [
    createCampaignInput,
    { ...CAMPAIGN, reply_to: "nobody" },
    "reply_to: Write an address, such as Acme <hello@acme.com>.",
  ],
])("what a schema has no words for is said plainly: %#", (schema, value, complaint) => {
  expect(complaints(schema, value)).toEqual([complaint]);
});

test("zod's own words never come through", () => {
  const anything = z.strictObject({ a: z.number().min(3), b: z.enum(["x"]), c: z.array(z.int()) });
  for (const value of [{}, { a: 1, b: 2, c: [1.5] }, { a: "1", b: null, c: {}, d: 1 }, 7, null]) {
    expect(complaints(anything, value).join()).not.toMatch(
      /invalid|expected|received|too (big|small)/i,
    );
  }
});
