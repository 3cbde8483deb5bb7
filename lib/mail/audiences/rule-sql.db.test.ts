import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { audiencePredicate } from "@/lib/mail/audiences/audience-predicate";
import { NUMBER_OPERATORS, PRESENCE_OPERATORS, TEXT_OPERATORS } from "@/lib/mail/audiences/limits";
import { type AudienceRule, audienceRule } from "@/lib/mail/audiences/schema";
import { countRecipients, listRecipients } from "@/lib/mail/contacts/contacts-in-audience";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { evaluateRule, type JudgedContact } from "@/lib/testing/evaluate-rule";
import { givenOwner } from "@/lib/testing/fixtures";
import type { Prisma } from "@/prisma/generated/client";

const NOW = new Date("2026-11-24T12:00:00.000Z");
const CONTACTS = 80;
const RULES = 300;

const PROPERTIES = ["plan", "seats", "50%_off", "a.b", "constructor"];
const EVENTS = ["order.placed", "Viewed product"];
const PATHS = ["sku", "items.0.sku", "items", "total", "constructor"];
const TEXTS = [
  "pro",
  "PRO",
  "ro",
  "%",
  "_",
  "\\",
  "100%_sure",
  "42",
  "42.50",
  "-7",
  "true",
  "Åsa",
  "asa",
  "ASA\u030a",
  "İpek",
  "ipek",
  "'",
];

const text = fc.constantFrom(...TEXTS);
const number = fc.constantFrom(42, 42.5, -7, 0, 1e-7, 1e15);
const scalar = fc.oneof(text, number, fc.boolean());
const moment = fc
  .constantFrom(0, HOUR_MS, DAY_MS, DAY_MS + 1, 7 * DAY_MS, 30 * DAY_MS, 400 * DAY_MS)
  .map((before) => later(NOW, -before));
const payload = fc.record(
  { sku: scalar, total: fc.oneof(number, text), items: fc.array(fc.record({ sku: scalar })) },
  { requiredKeys: [] },
);
const someone = fc.record({
  first_name: fc.option(text),
  last_name: fc.option(text),
  unsubscribed: fc.boolean(),
  properties: fc.dictionary(fc.constantFrom(...PROPERTIES), scalar),
  lastOpenedAt: fc.option(moment),
  lastClickedAt: fc.option(moment),
  events: fc.array(fc.record({ name: fc.constantFrom(...EVENTS), at: moment, payload }), {
    maxLength: 6,
  }),
});

const textComparison = fc.record({ operator: fc.constantFrom(...TEXT_OPERATORS), value: text });
const presence = fc.record({ operator: fc.constantFrom(...PRESENCE_OPERATORS) });
const comparison = fc.oneof(
  fc.record({ operator: fc.constantFrom(...TEXT_OPERATORS), value: scalar }),
  fc.record({ operator: fc.constantFrom(...NUMBER_OPERATORS), value: number }),
  presence,
);
const days = fc.option(fc.constantFrom(1, 7, 30), { nil: undefined });
const condition = fc.oneof(
  fc
    .tuple(fc.constantFrom("email", "first_name", "last_name"), fc.oneof(textComparison, presence))
    .map(([field, test]) => ({ kind: "contact", field, ...test })),
  fc
    .tuple(fc.constantFrom(...PROPERTIES), comparison)
    .map(([property, test]) => ({ kind: "property", property, ...test })),
  fc.record({ kind: fc.constant("subscription"), unsubscribed: fc.boolean() }),
  fc.record({
    kind: fc.constant("event"),
    event: fc.constantFrom(...EVENTS),
    did: fc.boolean(),
    at_least: fc.constantFrom(1, 2, 3),
    within_days: days,
    where: fc.option(
      fc
        .tuple(fc.constantFrom(...PATHS), comparison)
        .map(([property, test]) => ({ property, ...test })),
      { nil: undefined },
    ),
  }),
  fc.record({
    kind: fc.constant("engagement"),
    action: fc.constantFrom("opened", "clicked"),
    did: fc.boolean(),
    within_days: days,
  }),
);
const match = fc.constantFrom("all", "any");
const conditions = fc.array(condition, { minLength: 1, maxLength: 3 });
const group = fc.record({ kind: fc.constant("group"), match, conditions });
const rule = fc
  .record({
    match,
    conditions: fc.array(fc.oneof(condition, group), { minLength: 1, maxLength: 4 }),
  })
  .map((made) => audienceRule.parse(made));

let owner: MemberActor;
let people: JudgedContact[];

beforeAll(async () => {
  owner = await givenOwner();
  people = fc.sample(someone, { numRuns: CONTACTS, seed: 42 }).map((made, index) => ({
    ...made,
    id: newId("con", later(NOW, index)),
    email: `${index % 2 ? "pro" : "100%_sure"}${index}@example.com`,
  }));
  await store(owner.workspaceId, people);
  const stranger = (await givenOwner()).workspaceId;
  const strangers = people.map((one) => ({ ...one, id: newId("con", NOW) }));
  await store(stranger, strangers);
});

async function store(workspaceId: string, contacts: readonly JudgedContact[]): Promise<void> {
  const place = { workspaceId, environment: "live" } as const;
  await db().contact.createMany({
    data: contacts.map(({ id, email, unsubscribed, first_name, last_name, ...rest }) => ({
      ...place,
      id,
      email,
      unsubscribed,
      firstName: first_name,
      lastName: last_name,
      properties: rest.properties as Prisma.InputJsonObject,
      lastOpenedAt: rest.lastOpenedAt,
      lastClickedAt: rest.lastClickedAt,
      createdAt: NOW,
      updatedAt: NOW,
    })),
  });
  await db().contactEvent.createMany({
    data: contacts.flatMap(({ id: contactId, events }) =>
      events.map(({ name, at, payload }) => ({
        ...place,
        id: newId("evt", NOW),
        contactId,
        name,
        at,
        receivedAt: NOW,
        payload: payload as Prisma.InputJsonObject,
      })),
    ),
  });
  await db().$executeRaw`
    INSERT INTO contact_event_count
      (workspace_id, environment, contact_id, name, count, last_at, last_payload)
    SELECT workspace_id, environment, contact_id, name, count(*), max(at), '{}'
    FROM contact_event WHERE workspace_id = ${workspaceId} GROUP BY 1, 2, 3, 4`;
}

async function membersOf(given: AudienceRule): Promise<string[]> {
  const audience = { ...audienceWith(given), id: "aud_none" };
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM contact WHERE ${audiencePredicate(audience, NOW)} ORDER BY id`;
  return rows.map(({ id }) => id);
}

function audienceWith(given: AudienceRule) {
  const { workspaceId } = owner;
  return {
    id: "aud_none",
    workspaceId,
    environment: "live",
    rule: given as Prisma.JsonObject,
  } as const;
}

test("a rule means the same to Postgres as to a plain reading of it", async () => {
  await fc.assert(
    fc.asyncProperty(rule, async (made) => {
      const expected = people.filter((one) => evaluateRule(made, one, NOW)).map(({ id }) => id);
      expect(await membersOf(made)).toEqual(expected);
    }),
    { numRuns: RULES },
  );
}, 120_000);

test("recipients come page by page, each once, and are counted without those who unsubscribed", async () => {
  const everybody = audienceRule.parse({
    match: "all",
    conditions: [{ kind: "contact", field: "email", operator: "exists" }],
  });
  const audience = audienceWith(everybody);
  const got: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const page = await listRecipients(db(), audience, { after, limit: 7 }, NOW);
    got.push(...page.map(({ id }) => id));
    after = page.at(-1)?.id ?? after;
    more = page.length === 7;
  }
  expect(got).toEqual(people.map(({ id }) => id));
  const subscribed = people.filter((one) => !one.unsubscribed);
  expect(await countRecipients(db(), audience, NOW)).toBe(subscribed.length);
});

test("an accent tells emails apart, and no other texts", async () => {
  const { workspaceId } = await givenOwner();
  const place = { workspaceId, environment: "live" } as const;
  const someone = (email: string, firstName: string, city: string) => ({
    ...place,
    id: newId("con", NOW),
    email,
    firstName,
    properties: { city },
    createdAt: NOW,
    updatedAt: NOW,
  });
  const zoe = someone("zoë@example.com", "Zoë", "Łódź");
  const other = someone("zoe@example.com", "Bo", "Rome");
  await db().contact.createMany({ data: [zoe, other] });
  const found = async (condition: object) => {
    const made = audienceRule.parse({ match: "all", conditions: [condition] });
    const audience = { ...audienceWith(made), ...place };
    const rows = await db().$queryRaw<{ id: string }[]>`
      SELECT id FROM contact WHERE ${audiencePredicate(audience, NOW)}`;
    return rows.map(({ id }) => id);
  };
  const name = { kind: "contact", field: "first_name" };
  const email = { kind: "contact", field: "email" };
  const city = { kind: "property", property: "city" };
  for (const [operator, value] of [
    ["equals", "zoe"],
    ["contains", "OË"],
    ["starts_with", "Zo"],
    ["ends_with", "e\u0308"],
    ["not_equals", "bó"],
  ]) {
    expect([operator, await found({ ...name, operator, value })]).toEqual([operator, [zoe.id]]);
  }
  expect(await found({ ...city, operator: "equals", value: "lodz" })).toEqual([zoe.id]);
  expect(await found({ ...email, operator: "equals", value: "ZOE@example.com" })).toEqual([
    other.id,
  ]);
});

test.each([
  ["nothing", { match: "all", conditions: [] }],
  [
    "no comparison",
    { match: "all", conditions: [{ kind: "property", property: "a", operator: "equals" }] },
  ],
  [
    "a text that is more than",
    {
      match: "all",
      conditions: [{ kind: "property", property: "a", operator: "more_than", value: "b" }],
    },
  ],
  [
    "a value that is missing",
    {
      match: "all",
      conditions: [{ kind: "contact", field: "email", operator: "missing", value: "b" }],
    },
  ],
  [
    "more than can be asked at once",
    {
      match: "all",
      conditions: Array.from({ length: 3 }, () => ({
        kind: "group",
        match: "any",
        conditions: Array.from({ length: 7 }, () => ({ kind: "subscription", unsubscribed: true })),
      })),
    },
  ],
  [
    "groups in groups",
    {
      match: "all",
      conditions: [
        {
          kind: "group",
          match: "any",
          conditions: [
            {
              kind: "group",
              match: "any",
              conditions: [{ kind: "subscription", unsubscribed: true }],
            },
          ],
        },
      ],
    },
  ],
])("a rule of %s is not one", (_, given) => {
  expect(audienceRule.safeParse(given).success).toBe(false);
});
