import { beforeEach, describe, expect, test } from "vitest";
import { emailHash } from "@/lib/mail/address/email-hash";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenOwner } from "@/lib/testing/fixtures";
import { type CallOptions, call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";

let secret: string;
let keyId: string;
let workspaceId: string;

beforeEach(async () => {
  const owner = await givenOwner();
  workspaceId = owner.workspaceId;
  ({ secret, keyId } = await givenWorkingKey(owner, {
    scopes: ["contacts:read", "contacts:write", "audiences:read", "audiences:write"],
  }));
});

async function send(method: string, path: string, body?: unknown, options: CallOptions = {}) {
  const sent = body === undefined ? {} : { body };
  const response = await call(path, { method, secret, ...sent, ...options });
  return { status: response.status, body: await jsonOf(response) };
}

type Entry = { id: string; index: number; status: string; email: string; path: string };
const entries = (list: unknown) => list as Entry[];

describe("who unsubscribed", () => {
  const email = "anna+news@example.com";

  test("stays so unless a call says resubscribe, and that goes on record", async () => {
    const created = await send("POST", "/contacts", { email, unsubscribed: true });
    expect(created.body.unsubscribed).toBe(true);
    const path = `/contacts/${created.body.id}`;
    for (const [method, at] of [
      ["PATCH", path],
      ["PUT", `/contacts/${email}`],
    ] as const) {
      const refused = await send(method, at, { unsubscribed: false });
      expect([refused.status, refused.body.code]).toEqual([422, "validation_error"]);
      expect(refused.body.errors).toMatchObject([{ path: "unsubscribed" }]);
      const silent = await send(method, at, { first_name: method });
      expect(silent.body).toMatchObject({ unsubscribed: true, first_name: method });
    }
    expect(await db().suppression.count({ where: { workspaceId, email } })).toBe(1);
    const back = await send("PATCH", path, { resubscribe: true });
    expect(back.body.unsubscribed).toBe(false);
    expect(await db().suppression.count({ where: { workspaceId } })).toBe(0);
    const records = await db().auditEvent.findMany({ where: { action: "contact.resubscribed" } });
    expect(records.filter(({ targetId }) => targetId === created.body.id)).toHaveLength(1);
    expect(JSON.stringify(records)).not.toContain("anna");
    const both = await send("PATCH", path, { resubscribe: true, unsubscribed: true });
    expect(both.status).toBe(422);
  });

  test("comes back unsubscribed after being deleted, and nothing of them is kept meanwhile", async () => {
    const { body } = await send("POST", "/contacts", { email, unsubscribed: true });
    await send("DELETE", `/contacts/${body.id}`);
    const kept = await db().suppression.findFirstOrThrow({ where: { workspaceId } });
    expect(kept).toMatchObject({ email: null, emailHash: emailHash(workspaceId, email) });
    expect((await send("POST", "/contacts", { email, unsubscribed: false })).status).toBe(422);
    const again = await send("PUT", `/contacts/${email}`, { first_name: "Anna" });
    expect(again.body).toMatchObject({ unsubscribed: true, first_name: "Anna" });
    expect(await db().suppression.findFirstOrThrow({ where: { workspaceId } })).toMatchObject({
      email,
    });
  });

  test("takes it along to a new address", async () => {
    const { body } = await send("POST", "/contacts", { email, unsubscribed: true });
    await send("PATCH", `/contacts/${body.id}`, { email: "anna@new.example" });
    const rows = await db().suppression.findMany({ where: { workspaceId } });
    expect(rows.map((row) => row.email).sort()).toEqual(["anna@new.example", null]);
  });
});

describe("a sync", () => {
  test("a contact that nothing changes of keeps its time, and says who touched it last", async () => {
    const first = await send("PUT", "/contacts/a@example.com", { properties: { b: 1, a: "x" } });
    const same = await send("PUT", "/contacts/a@example.com", { properties: { a: "x", b: 1 } });
    expect(same.body).toEqual(first.body);
    const changed = await send("PATCH", "/contacts/a@example.com", { first_name: "A" });
    expect(Date.parse(String(changed.body.updated_at))).toBeGreaterThan(
      Date.parse(String(first.body.updated_at)),
    );
    const row = await db().contact.findFirstOrThrow({ where: { workspaceId } });
    expect(row).toMatchObject({ createdBy: keyId, changedBy: keyId });
  });

  test("goes on from its last cursor and sees what changed since, once", async () => {
    const since = "/contacts?limit=2&updated_since=2020-01-01T00:00:00Z";
    for (const name of ["a", "b", "c"]) await send("PUT", `/contacts/${name}@example.com`, {});
    const one = await send("GET", since);
    const two = await send("GET", `${since}&after=${one.body.next_cursor}`);
    expect(two.body.has_more).toBe(false);
    const nothing = await send("GET", `${since}&after=${two.body.next_cursor}`);
    expect(nothing.body.data).toEqual([]);
    const forgetful = await send("GET", `/contacts?after=${two.body.next_cursor}`);
    expect([forgetful.status, forgetful.body.errors]).toEqual([
      422,
      [
        {
          path: "after",
          message:
            "This cursor is from another list, of other filters, or too old: begin again without it.",
        },
      ],
    ]);
    await send("PATCH", "/contacts/a@example.com", { first_name: "A" });
    const more = await send("GET", `${since}&after=${nothing.body.next_cursor}`);
    expect(entries(more.body.data).map((row) => row.email)).toEqual(["a@example.com"]);
  });

  test("learns which contacts were deleted, by id only", async () => {
    const ids: unknown[] = [];
    for (const name of ["a", "b", "c"]) {
      const { body } = await send("PUT", `/contacts/${name}@example.com`, { first_name: "Anna" });
      ids.push(body.id);
      await send("DELETE", `/contacts/${body.id}`);
    }
    const one = await send("GET", "/contacts/deleted?limit=2&since=2020-01-01T00:00:00Z");
    expect(entries(one.body.data).map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const two = await send("GET", `/contacts/deleted?after=${one.body.next_cursor}`);
    expect(entries(two.body.data).map(({ id }) => id)).toEqual(ids.slice(2));
    const rest = await send("GET", `/contacts/deleted?after=${two.body.next_cursor}`);
    expect(rest.body).toMatchObject({
      data: [],
      has_more: false,
      next_cursor: two.body.next_cursor,
    });
    const wrong = await send("GET", "/contacts/deleted?after=x");
    expect(wrong.status).toBe(422);
    const stored = await db().deletedContact.findMany({ where: { workspaceId } });
    expect(JSON.stringify(stored)).not.toMatch(/example|Anna/);
  });

  test("filters by subscription and audience", async () => {
    const { body: list } = await send("POST", "/audiences", { name: "News" });
    await send("PUT", "/contacts/a@example.com", { audiences: [list.id] });
    await send("PUT", "/contacts/b@example.com", { unsubscribed: true });
    const emails = async (query: string) => {
      const { body } = await send("GET", `/contacts?${query}`);
      return entries(body.data).map(({ email }) => email);
    };
    expect(await emails("unsubscribed=true")).toEqual(["b@example.com"]);
    expect(await emails("unsubscribed=false")).toEqual(["a@example.com"]);
    expect(await emails(`audience=${list.id}`)).toEqual(["a@example.com"]);
    expect((await send("GET", "/contacts?audience=aud_nobody")).status).toBe(404);
  });
});

describe("a batch", () => {
  const permissive = { headers: { "x-batch-validation": "permissive" } };

  test("adds and changes, and says what became of each", async () => {
    await send("PUT", "/contacts/b@example.com", { first_name: "B", properties: { a: 1 } });
    const { body: list } = await send("POST", "/audiences", { name: "News" });
    const sent = await send("POST", "/contacts/batch", [
      { email: "a@example.com", segments: [{ id: list.id }] },
      { email: "B@example.com", properties: { b: 2 } },
      { email: "c@example.com", unsubscribed: true, audiences: [list.id] },
    ]);
    expect(sent.status).toBe(200);
    expect(entries(sent.body.data).map(({ status }) => status)).toEqual([
      "created",
      "updated",
      "created",
    ]);
    const b = await send("GET", "/contacts/b@example.com");
    expect(b.body).toMatchObject({ first_name: "B", properties: { a: 1, b: 2 } });
    const members = await send("GET", `/audiences/${list.id}/contacts`);
    expect(
      entries(members.body.data)
        .map(({ email }) => email)
        .sort(),
    ).toEqual(["a@example.com", "c@example.com"]);
    const again = await send("POST", "/contacts/batch", [{ email: "a@example.com" }]);
    expect(entries(again.body.data)).toMatchObject([{ index: 0, status: "unchanged" }]);
  });

  test("strict takes all or none, permissive the good ones", async () => {
    await send("PUT", "/contacts/gone@example.com", { unsubscribed: true });
    const batch = [
      { email: "a@example.com" },
      { email: "nobody" },
      { email: "gone@example.com", unsubscribed: false },
      { email: "A@example.com" },
      { email: "b@example.com", audiences: ["aud_nobody"] },
      { email: "c@example.com" },
      7,
    ];
    const strict = await send("POST", "/contacts/batch", batch);
    expect([strict.status, strict.body.code]).toEqual([422, "validation_error"]);
    expect(entries(strict.body.errors).map(({ path }) => path)).toEqual(["1.email", "6"]);
    const second = await send("POST", "/contacts/batch", [batch[0], batch[2], batch[3], batch[4]]);
    expect(entries(second.body.errors).map(({ path }) => path)).toEqual(["2.email", "3.audiences"]);
    expect(await db().contact.count({ where: { workspaceId } })).toBe(1);
    const taken = await send("POST", "/contacts/batch", batch, permissive);
    expect(taken.status).toBe(200);
    expect(entries(taken.body.data).map(({ index }) => index)).toEqual([0, 2, 5]);
    expect(entries(taken.body.errors).map(({ index }) => index)).toEqual([1, 3, 4, 6]);
    expect(await db().contact.count({ where: { workspaceId } })).toBe(3);
  });

  test.each([{}, permissive])("is not stopped by who has unsubscribed: %j", async (options) => {
    await send("PUT", "/contacts/left@example.com", { unsubscribed: true });
    await send("PUT", "/contacts/deleted@example.com", { unsubscribed: true });
    await send("DELETE", "/contacts/deleted@example.com");
    const batch = [
      { email: "stays@example.com", unsubscribed: false },
      { email: "left@example.com", unsubscribed: false, first_name: "L", properties: { a: 1 } },
      { email: "deleted@example.com", unsubscribed: false, last_name: "D" },
      { email: "asked@example.com", unsubscribed: true },
    ];
    const sent = await send("POST", "/contacts/batch", batch, options);
    expect(sent.status).toBe(200);
    expect(entries(sent.body.data).map(({ status }) => status)).toEqual([
      "created",
      "updated",
      "created",
      "created",
    ]);
    expect(sent.body).toMatchObject({
      errors: [],
      notices: [
        { index: 1, path: "unsubscribed", message: expect.stringContaining("stays so") },
        { index: 2, path: "unsubscribed" },
      ],
    });
    const left = await send("GET", "/contacts/left@example.com");
    expect(left.body).toMatchObject({ unsubscribed: true, first_name: "L", properties: { a: 1 } });
    const deleted = await send("GET", "/contacts/deleted@example.com");
    expect(deleted.body).toMatchObject({ unsubscribed: true, last_name: "D" });
    const again = await send("POST", "/contacts/batch", batch.slice(0, 2), options);
    expect(entries(again.body.data).map(({ status }) => status)).toEqual([
      "unchanged",
      "unchanged",
    ]);
    expect(again.body.notices).toMatchObject([{ index: 1 }]);
    const asked = [{ email: "left@example.com", resubscribe: true }];
    expect((await send("POST", "/contacts/batch", asked, options)).body).not.toHaveProperty(
      "notices",
    );
    expect((await send("GET", "/contacts/left@example.com")).body.unsubscribed).toBe(false);
  });

  test("holds a thousand and no more, and is taken once per Idempotency-Key", async () => {
    const batch = Array.from({ length: 1_000 }, (_, at) => ({
      email: `person${at}@example.com`,
      properties: { text: "x".repeat(400), more: "y".repeat(490), third: "z".repeat(490) },
    }));
    const options = { headers: { "Idempotency-Key": "load-1" } };
    const answers = await Promise.all([
      send("POST", "/contacts/batch", batch, options),
      send("POST", "/contacts/batch", batch, options),
    ]);
    // The second call is told to wait, or gets the answer of the first one.
    const [first, second] = answers.toSorted((a, b) => a.status - b.status);
    expect(first?.status).toBe(200);
    expect([200, 409]).toContain(second?.status);
    if (second?.status === 200) expect(second.body).toEqual(first?.body);
    expect(await db().contact.count({ where: { workspaceId } })).toBe(1_000);
    const tooMany = await send("POST", "/contacts/batch", [...batch, { email: "z@example.com" }]);
    expect(tooMany.status).toBe(422);
    expect((await send("POST", "/contacts/batch", [])).status).toBe(422);
    expect((await send("POST", "/contacts/batch", {})).status).toBe(422);
    const unclear = { headers: { "x-batch-validation": "maybe" } };
    expect((await send("POST", "/contacts/batch", batch.slice(0, 1), unclear)).status).toBe(422);
  });
});
