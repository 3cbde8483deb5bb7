import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { MemberActor } from "@/lib/people/auth/actor";
import { givenOwner } from "@/lib/testing/fixtures";
import { type CallOptions, call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";

const SHOP = ["emails:send", "emails:read"] as const;
const EVERYTHING = [
  ...SHOP,
  "templates:write",
  "contacts:write",
  "audiences:write",
  "events:write",
] as const;
/** A template that requires some values and has a fallback for the others. */
const HTML = `Dear {{ contact.first_name | default: "you" }} ({{ contact.email }}),
{{ contact.properties.plan | default: "none" }},
{{ events.viewed_tea.count | default: 0 }} {{ events.viewed_tea.last.payload.name | default: "-" }}
{% if events.viewed_tea %}seen{% else %}unseen{% endif %} {{ order | default: "no order" }}`;

let owner: MemberActor;
let secret: string;
let template: string;

beforeAll(async () => {
  owner = await givenOwner();
  secret = (await givenWorkingKey(owner, { scopes: [...EVERYTHING] })).secret;
  template = await givenTemplate(secret);
});

async function send(method: string, path: string, body?: unknown, options: CallOptions = {}) {
  const response = await call(path, {
    method,
    secret,
    ...(body === undefined ? {} : { body }),
    ...options,
  });
  return { status: response.status, body: await jsonOf(response) };
}

async function givenTemplate(by: string): Promise<string> {
  const design = { name: "Order", subject: "For {{ contact.email }}", html: HTML };
  return String((await send("POST", "/templates", design, { secret: by })).body.id);
}

/** Creates a contact that looked at a tea twice. */
async function givenReader(by = secret, values: object = {}): Promise<string> {
  const email = `${randomUUID()}@example.com`;
  const person = { email, first_name: "Ada", properties: { plan: "pro" }, ...values };
  expect((await send("POST", "/contacts", person, { secret: by })).status).toBe(201);
  const events = ["Sencha", "Assam"].map((name, at) => ({
    event: "viewed_tea",
    email,
    payload: { name },
    occurred_at: `2026-01-0${at + 1}T00:00:00Z`,
  }));
  expect((await send("POST", "/events/batch", events, { secret: by })).status).toBe(200);
  return email;
}

const mailTo = (to: string | string[], values: object = {}) => ({
  from: "Shop <shop@example.com>",
  to,
  template: { id: template },
  ...values,
});

async function wordsOf(id: unknown, by = secret): Promise<string> {
  const { html } = (await send("GET", `/emails/${id}`, undefined, { secret: by })).body;
  return String(html).replaceAll(/\s+/g, " ");
}

const known = (email: string) => `Dear Ada (${email}), pro, 2 Assam seen no order`;
const unknown = (email: string) => `Dear you (${email}), none, 0 - unseen no order`;

test("a template speaks of the contact it goes to, beside the caller's variables", async () => {
  const email = await givenReader();
  const values = { template: { id: template, variables: { order: 17 } } };
  const sent = await send("POST", "/emails", mailTo(`Ada <${email.toUpperCase()}>`, values));
  expect([sent.status, sent.body]).toEqual([200, { id: expect.any(String) }]);
  expect(await wordsOf(sent.body.id)).toBe(known(email).replace("no order", "17"));
  const { subject } = (await send("GET", `/emails/${sent.body.id}`)).body;
  expect(subject).toBe(`For ${email}`);
});

test("of somebody who is no contact, or of several, only the first address is known", async () => {
  const email = await givenReader();
  for (const to of [["nobody@example.com"], ["nobody@example.com", email], [email, email]]) {
    const { status, body } = await send("POST", "/emails", mailTo(to));
    expect(status).toBe(200);
    expect(await wordsOf(body.id)).toBe(unknown(to[0] ?? ""));
  }
});

test("in a batch each email speaks of its own contact", async () => {
  const people = [await givenReader(), await givenReader(), "stranger@example.com"];
  const { status, body } = await send(
    "POST",
    "/emails/batch",
    people.map((to) => mailTo(to)),
  );
  expect(status).toBe(200);
  const ids = (body.data as { id: string }[]).map(({ id }) => id);
  const words = await Promise.all(ids.map((id) => wordsOf(id)));
  expect(words).toEqual(people.map((to, at) => (at < 2 ? known(to) : unknown(to))));
});

test("a contact of another workspace, environment or audience is nobody", async () => {
  const email = await givenReader();
  const audience = await send("POST", "/audiences", { name: "VIP" });
  const vip = await givenReader(secret, { audiences: [audience.body.id] });
  const scopes = [...SHOP, "templates:write"] as (typeof EVERYTHING)[number][];
  const limited = { scopes, audiences: [String(audience.body.id)] };
  const limitedKey = (await givenWorkingKey(owner, limited)).secret;
  const testKey = (await givenWorkingKey(owner, { scopes, environment: "test" })).secret;
  const strangersKey = (await givenWorkingKey(await givenOwner(), { scopes })).secret;
  for (const [by, to, expected] of [
    [limitedKey, vip, known(vip)],
    [limitedKey, email, unknown(email)],
    [testKey, email, unknown(email)],
    [strangersKey, email, unknown(email)],
  ] as const) {
    const id = by === limitedKey ? template : await givenTemplate(by);
    const sent = await send("POST", "/emails", mailTo(to, { template: { id } }), { secret: by });
    expect(sent.status).toBe(200);
    expect(await wordsOf(sent.body.id, by)).toBe(expected);
  }
});

test.each(["contact", "events"])("a variable of one's own cannot be called %s", async (name) => {
  const values = { template: { id: template, variables: { [name]: "Eve", order: 1 } } };
  const { status, body } = await send("POST", "/emails", mailTo("a@example.com", values));
  expect([status, body.errors]).toEqual([
    422,
    [
      {
        path: `template.variables.${name}`,
        message: `“${name}” is filled in from the recipient. Use another name.`,
      },
    ],
  ]);
});

test("variables may be lists and objects, such as the items of an order", async () => {
  const items = "{% for item in order.items %}{{ item.count }} × {{ item.name }};{% endfor %}";
  const made = await send("POST", "/templates", { name: "Items", subject: "Yours", html: items });
  const order = {
    items: [
      { name: "Tea", count: 2 },
      { name: "Pot", count: 1 },
    ],
  };
  const ofMany = { template: { id: made.body.id, variables: { order } } };
  const sent = await send("POST", "/emails", mailTo("anna@example.com", ofMany));
  expect(await wordsOf(sent.body.id)).toBe("2 × Tea;1 × Pot;");
  const long = "x".repeat(10_001);
  for (const large of [{ items: [{ name: long }] }, Array(8).fill(long.slice(1))]) {
    const values = { template: { id: made.body.id, variables: { order: large } } };
    expect((await send("POST", "/emails", mailTo("anna@example.com", values))).status).toBe(422);
  }
});
