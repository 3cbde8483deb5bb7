import { beforeAll, expect, test } from "vitest";
import { routes } from "@/lib/api/routes/all-routes";
import { deleteAudience } from "@/lib/mail/audiences/audiences";
import { forgetOldBeforeValues } from "@/lib/mail/contacts/before-values";
import { BEFORE_KEPT_DAYS } from "@/lib/mail/contacts/limits";
import { deleteMemberContact } from "@/lib/mail/erasure/delete-contact";
import type { MemberActor } from "@/lib/people/auth/actor";
import { viewOf } from "@/lib/people/auth/view";
import { DAY_MS, later, now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenBusyKey } from "@/lib/testing/api-world";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenOwner } from "@/lib/testing/fixtures";
import { CALLER_ADDRESS, call, jsonOf } from "@/lib/testing/gate";

let owner: MemberActor;
let secret: string;
let audienceId: string;

beforeAll(async () => {
  owner = await givenOwner();
  secret = await givenBusyKey(owner, { environment: "live" });
  audienceId = `${(await send("POST", "/audiences", { name: "News" })).id}`;
});

async function send(method: string, path: string, body?: unknown, address = CALLER_ADDRESS) {
  const answer = await call(path, { method, secret, address, ...(body ? { body } : {}) });
  const json = await jsonOf(answer);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(json)}`);
  return json;
}

/** A contact that the key made, of which nothing is kept any more. */
async function givenContact(email: string, values: object = {}): Promise<string> {
  const { id } = await send("POST", "/contacts", { email, ...values });
  await db().contactChange.deleteMany({ where: { contactId: `${id}` } });
  return `${id}`;
}

async function keptOf(contactId: string) {
  return await db().contactChange.findMany({ where: { contactId }, orderBy: { at: "asc" } });
}

const ANNA = { first_name: "Anna", properties: { plan: "free" } };
const ANNA_BEFORE = {
  firstName: "Anna",
  lastName: null,
  unsubscribed: false,
  properties: { plan: "free" },
};

/** The calls on a contact like Anna, one for each route that changes contacts and so must keep what she had. */
const CHANGES: Record<string, (email: string, id: string) => Promise<object>> = {
  "POST /contacts": async (email, id) => {
    await call(`/contacts/${id}`, { method: "DELETE", secret });
    const made = await send("POST", "/contacts", { email });
    expect(await keptOf(`${made.id}`)).toMatchObject([{ kind: "created", before: null }]);
    return { kind: "deleted", before: null, formerEmail: null };
  },
  "POST /contacts/batch": async (email) => {
    await send("POST", "/contacts/batch", [{ email, first_name: "Eve", audiences: [audienceId] }]);
    return { kind: "changed", before: ANNA_BEFORE, formerEmail: null, joined: [audienceId] };
  },
  "PATCH /contacts/:idOrEmail": async (email, id) => {
    await send("PATCH", `/contacts/${id}`, { email: `thief-of-${email}` });
    return { kind: "changed", before: ANNA_BEFORE, formerEmail: email, joined: [], left: [] };
  },
  "PUT /contacts/:idOrEmail": async (email) => {
    await send("PUT", `/contacts/${email}`, { unsubscribed: true, properties: { plan: null } });
    return { kind: "changed", before: ANNA_BEFORE, formerEmail: null };
  },
  "DELETE /contacts/:idOrEmail": async (_, id) => {
    await send("DELETE", `/contacts/${id}`);
    return { kind: "deleted", before: null, previousAt: null };
  },
  "POST /audiences/:audience/contacts": async (email) => {
    await send("POST", `/audiences/${audienceId}/contacts`, { email });
    return { kind: "changed", before: ANNA_BEFORE, joined: [audienceId], left: [] };
  },
  "PATCH /audiences/:audience/contacts/:idOrEmail": async (_, id) => {
    await join(id);
    await send("PATCH", `/audiences/${audienceId}/contacts/${id}`, { first_name: "Eve" });
    return { kind: "changed", before: ANNA_BEFORE };
  },
  "DELETE /audiences/:audience/contacts/:idOrEmail": async (_, id) => {
    await join(id);
    await send("DELETE", `/audiences/${audienceId}/contacts/${id}`);
    return LEFT;
  },
  "POST /contacts/:idOrEmail/audiences/:audience": async (_, id) => {
    await send("POST", `/contacts/${id}/audiences/${audienceId}`);
    return { kind: "changed", before: ANNA_BEFORE, joined: [audienceId], left: [] };
  },
  "DELETE /contacts/:idOrEmail/audiences/:audience": async (_, id) => {
    await join(id);
    await send("DELETE", `/contacts/${id}/audiences/${audienceId}`);
    return LEFT;
  },
};
const LEFT = { kind: "changed", before: ANNA_BEFORE, joined: [], left: [expect.any(String)] };

async function join(contactId: string): Promise<void> {
  await db().audienceMember.create({ data: { audienceId, contactId, addedAt: now() } });
}

test("every route that changes contacts is among those tried", () => {
  const changing = routes.filter(({ method, path }) => method !== "GET" && /contacts/.test(path));
  const names = changing.map(({ method, path }) => `${method} ${path}`);
  expect(names.length).toBeGreaterThan(8);
  expect(
    names.map((name) => name.replace("/segments/", "/audiences/")).filter((name) => !CHANGES[name]),
  ).toEqual([]);
});

test.each(Object.entries(CHANGES))("%s keeps what was there before", async (name, change) => {
  const email = `${name.replace(/\W+/g, "-").toLowerCase()}@example.com`;
  const id = await givenContact(email, ANNA);
  const stored = await db().contact.findUniqueOrThrow({ where: { id } });
  const expected = await change(email, id);
  const kept = (await keptOf(id)).at(-1);
  expect(kept).toMatchObject({
    address: CALLER_ADDRESS,
    workspaceId: owner.workspaceId,
    ...expected,
  });
  const after = await db().contact.findUnique({ where: { id } });
  if (!after) return;
  expect(kept).toMatchObject({ at: after.updatedAt, previousAt: stored.updatedAt });
});

test("a change that changes nothing keeps nothing", async () => {
  const id = await givenContact("same@example.com", ANNA);
  await send("PUT", "/contacts/same@example.com", ANNA);
  expect(await keptOf(id)).toEqual([]);
});

test("of calls from two addresses at once, each change names its own", async () => {
  const mine = ["10.1.1.1", "10.1.1.2"];
  const at = (n: number) => mine[n % 2] ?? "";
  const emails = Array.from({ length: 8 }, (_, n) => `at-once-${n}@example.com`);
  await Promise.all(emails.map((email, n) => send("PUT", `/contacts/${email}`, {}, at(n))));
  const made = await db().contact.findMany({ where: { email: { in: emails } } });
  for (const { id, email } of made) {
    const [kept] = await keptOf(id);
    expect(kept?.address).toBe(at(emails.indexOf(email)));
  }
});

test("deleting an audience changes no contact", async () => {
  const made = await send("POST", "/audiences", { name: "Short" });
  const id = await givenContact("short@example.com", { audiences: [made.id] });
  mustWork(await deleteAudience(viewOf(owner, "live"), `${made.id}`));
  expect(await keptOf(id)).toEqual([]);
});

test("what a member deletes is forgotten, also of a contact that had the email before", async () => {
  const first = await givenContact("one@example.com", ANNA);
  await send("PATCH", `/contacts/${first}`, { email: "other@example.com" });
  const second = await givenContact("one@example.com");
  await send("PATCH", `/contacts/${second}`, { first_name: "One" });
  expect(await keptOf(first)).toHaveLength(1);
  mustWork(await deleteMemberContact(owner, { id: second, environment: "live" }, now()));
  expect(await keptOf(first)).toEqual([]);
  expect(await keptOf(second)).toEqual([]);
});

test("old ones are forgotten", async () => {
  const id = await givenContact("old@example.com", ANNA);
  await send("PATCH", `/contacts/${id}`, { first_name: "Old" });
  await forgetOldBeforeValues(later(now(), (BEFORE_KEPT_DAYS - 1) * DAY_MS));
  expect(await keptOf(id)).toHaveLength(1);
  await forgetOldBeforeValues(later(now(), BEFORE_KEPT_DAYS * DAY_MS));
  expect(await keptOf(id)).toEqual([]);
});
