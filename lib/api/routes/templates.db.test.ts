import { beforeEach, expect, test } from "vitest";
import type { MemberActor } from "@/lib/people/auth/actor";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenOwner } from "@/lib/testing/fixtures";
import { type CallOptions, call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";

const SCOPES = ["templates:read", "templates:write"] as const;
const ORDER = {
  name: "Order confirmation",
  subject: "Your order {{ order }}",
  html: "<p>Thank you, {{ contact.first_name }}.</p>",
};

let owner: MemberActor;
let secret: string;

beforeEach(async () => {
  owner = await givenOwner();
  secret = (await givenWorkingKey(owner, { scopes: [...SCOPES] })).secret;
});

async function send(method: string, path: string, body?: unknown, options: CallOptions = {}) {
  const sent = body === undefined ? {} : { body };
  const response = await call(path, { method, secret, ...sent, ...options });
  return { status: response.status, body: await jsonOf(response) };
}

test("a template is made, listed, read, changed and deleted", async () => {
  const made = await send("POST", "/templates", ORDER);
  expect(made).toMatchObject({ status: 201, body: { object: "template", text: "", ...ORDER } });
  const path = `/templates/${made.body.id}`;
  expect((await send("GET", path)).body).toEqual(made.body);
  const { html: _, text: __, ...summary } = made.body;
  expect((await send("GET", "/templates")).body).toMatchObject({ data: [summary] });
  const changed = await send("PATCH", path, { subject: "Order {{ order }}" });
  expect(changed.body).toMatchObject({ ...ORDER, subject: "Order {{ order }}" });
  const deleted = await send("DELETE", path);
  expect(deleted.body).toEqual({ object: "template", id: made.body.id, deleted: true });
  for (const method of ["GET", "DELETE"]) expect((await send(method, path)).status).toBe(404);
  expect((await send("PATCH", path, { name: "X" })).status).toBe(404);
});

test("what is no Liquid is refused by line and reason, and nothing is stored", async () => {
  const wrong = await send("POST", "/templates", { ...ORDER, html: "one\n{% if order %}two" });
  expect(wrong.status).toBe(422);
  expect(wrong.body.errors).toEqual([
    { path: "html", message: expect.stringMatching(/^Line 2: .*not closed/) },
  ]);
  const made = await send("POST", "/templates", ORDER);
  const path = `/templates/${made.body.id}`;
  const change = await send("PATCH", path, { subject: "{{ order | shout }}" });
  expect(change.body.errors).toEqual([
    { path: "subject", message: expect.stringContaining("shout") },
  ]);
  expect((await send("GET", path)).body).toEqual(made.body);
  expect(await db().template.count({ where: { workspaceId: owner.workspaceId } })).toBe(1);
});

test.each([
  [{}, "name"],
  [{ ...ORDER, name: " " }, "name"],
  [{ ...ORDER, subject: "a\nb" }, "subject"],
  [{ ...ORDER, html: "" }, "html"],
  [{ ...ORDER, html: "x".repeat(300_000) }, "html"],
  [{ ...ORDER, id: "tpl_mine" }, "id"],
])("bad input is refused with its field: %#", async (body, field) => {
  const refused = await send("POST", "/templates", body);
  expect(refused.status).toBe(422);
  expect((refused.body.errors as { path: string }[])[0]?.path).toBe(field);
});

test("a template is nobody else's: other workspaces, test keys and keys without the scope", async () => {
  const { body } = await send("POST", "/templates", ORDER);
  const path = `/templates/${body.id}`;
  const foreign = [
    await givenWorkingKey(await givenOwner(), { scopes: [...SCOPES] }),
    await givenWorkingKey(owner, { scopes: [...SCOPES], environment: "test" }),
  ];
  for (const by of foreign) {
    const options = { secret: by.secret };
    expect((await send("GET", "/templates", undefined, options)).body.data).toEqual([]);
    expect((await send("GET", path, undefined, options)).status).toBe(404);
    expect((await send("PATCH", path, { name: "X" }, options)).status).toBe(404);
    expect((await send("DELETE", path, undefined, options)).status).toBe(404);
  }
  const reader = await givenWorkingKey(owner, { scopes: ["templates:read"] });
  const writer = await givenWorkingKey(owner, { scopes: ["templates:write"] });
  const refusals = [
    await send("POST", "/templates", ORDER, { secret: reader.secret }),
    await send("PATCH", path, { name: "X" }, { secret: reader.secret }),
    await send("DELETE", path, undefined, { secret: reader.secret }),
    await send("GET", path, undefined, { secret: writer.secret }),
    await send("GET", "/templates", undefined, { secret: writer.secret }),
  ];
  for (const refused of refusals) {
    expect([refused.status, refused.body.code]).toEqual([403, "insufficient_scope"]);
  }
});

test("ten callers with one Idempotency-Key make one template", async () => {
  const headers = { "idempotency-key": "make-once" };
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => send("POST", "/templates", ORDER, { headers })),
  );
  const made = answers.filter(({ status }) => status === 201);
  expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
  expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
  expect(await db().template.count({ where: { workspaceId: owner.workspaceId } })).toBe(1);
});

test("the list is walked by cursors without a gap", async () => {
  for (let at = 0; at < 5; at += 1) await send("POST", "/templates", { ...ORDER, name: `T${at}` });
  const names: string[] = [];
  let after = "";
  do {
    const { body } = await send("GET", `/templates?limit=2${after && `&after=${after}`}`);
    names.push(...(body.data as { name: string }[]).map(({ name }) => name));
    after = body.has_more ? String(body.next_cursor) : "";
  } while (after);
  expect(names).toEqual(["T4", "T3", "T2", "T1", "T0"]);
});
