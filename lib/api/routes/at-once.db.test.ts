import { beforeAll, expect, test } from "vitest";
import { pool } from "@/lib/platform/database/pool";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenBusyKey } from "@/lib/testing/api-world";
import { givenOwner } from "@/lib/testing/fixtures";
import { call, jsonOf } from "@/lib/testing/gate";

// Calls that come at once share statements. Each still gets the answer to its own question.
const PEOPLE = 12;

let keys: { secret: string; workspaceId: string }[];

/** Two keys of two workspaces, which write to people of the same names. */
beforeAll(async () => {
  keys = await Promise.all(
    [1, 2].map(async () => {
      const owner = await givenOwner();
      return { secret: await givenBusyKey(owner), workspaceId: owner.workspaceId };
    }),
  );
});

/** Asks the same for everybody with both keys at once. The answers are in the order of the keys, then of people. */
async function ofEverybody(
  method: string,
  path: (n: number) => string,
  body?: (n: number) => unknown,
) {
  const asked = keys.flatMap(({ secret }) =>
    Array.from({ length: PEOPLE }, async (_, n) => {
      const sent = body ? { body: body(n) } : {};
      const answer = await call(path(n), { method, secret, ...sent });
      return { status: answer.status, body: await jsonOf(answer) };
    }),
  );
  return await Promise.all(asked);
}

/** The transactions that wrote a table's rows of both workspaces. */
async function transactionsOf(table: string): Promise<number> {
  const { rows } = await pool().query(
    `SELECT DISTINCT xmin::text FROM ${table} WHERE workspace_id = ANY($1)`,
    [keys.map(({ workspaceId }) => workspaceId)],
  );
  return rows.length;
}

const emailOf = (n: number) => `person${n}@example.com`;

test("contacts are stored and found, each by its own caller", async () => {
  const stored = await ofEverybody(
    "PUT",
    (n) => `/contacts/${emailOf(n)}`,
    (n) => ({ first_name: `First ${n}` }),
  );
  expect(stored.map(({ status }) => status)).toEqual(stored.map(() => 201));
  const found = await ofEverybody("GET", (n) => `/contacts/${emailOf(n)}`);
  expect(found.map(({ body }) => body.id)).toEqual(stored.map(({ body }) => body.id));
  const byId = await ofEverybody("GET", (n) => `/contacts/${stored[n]?.body.id}`);
  const [own, strange] = [byId.slice(0, PEOPLE), byId.slice(PEOPLE)];
  expect(own.map(({ body }) => body.first_name)).toEqual(own.map((_, n) => `First ${n}`));
  expect(strange.map(({ status }) => status)).toEqual(strange.map(() => 404));
});

test("events are counted, and one of nobody is refused alone", async () => {
  const emailFor = (n: number) => (n === 3 ? "nobody@example.com" : emailOf(n));
  const sent = await ofEverybody(
    "POST",
    () => "/events/send",
    (n) => ({ event: "viewed", email: emailFor(n), payload: { n } }),
  );
  const expected = keys.flatMap(() =>
    Array.from({ length: PEOPLE }, (_, n) => (n === 3 ? 404 : 201)),
  );
  expect(sent.map(({ status }) => status)).toEqual(expected);
  for (const { workspaceId } of keys) {
    const events = await db().contactEvent.findMany({ where: { workspaceId } });
    const payloads = events.map(({ payload }) => (payload as { n: number }).n);
    expect(payloads.sort((a, b) => a - b)).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11]);
  }
  expect(await transactionsOf("contact_event")).toBeLessThan(2 * PEOPLE);
});

test("emails are accepted for their own recipients, and one that is wrong is refused alone", async () => {
  const sent = await ofEverybody(
    "POST",
    () => "/emails",
    (n) => ({
      from: "shop@example.com",
      to: emailOf(n),
      subject: `Order ${n}`,
      ...(n === 5 ? { template: { id: "tpl_none" } } : { text: "Thank you" }),
    }),
  );
  const statuses = keys.flatMap(() =>
    Array.from({ length: PEOPLE }, (_, n) => (n === 5 ? 422 : 200)),
  );
  expect(sent.map(({ status }) => status)).toEqual(statuses);
  for (const [at, { body, status }] of sent.entries()) {
    if (status !== 200) continue;
    const email = await db().email.findUniqueOrThrow({ where: { id: `${body.id}` } });
    const n = at % PEOPLE;
    expect(email).toMatchObject({
      workspaceId: keys[Math.floor(at / PEOPLE)]?.workspaceId,
      to: [emailOf(n)],
      subject: `Order ${n}`,
    });
    const contact = await db().contact.findUniqueOrThrow({ where: { id: `${email.contactId}` } });
    expect(contact).toMatchObject({ workspaceId: email.workspaceId, email: emailOf(n) });
  }
});
