import { beforeAll, describe, expect, test } from "vitest";
import { givenOwner } from "@/lib/testing/fixtures";
import { type CallOptions, call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";

let secret: string;
let testSecret: string;
let strangersSecret: string;

beforeAll(async () => {
  const owner = await givenOwner();
  secret = (await givenWorkingKey(owner)).secret;
  testSecret = (await givenWorkingKey(owner, { environment: "test" })).secret;
  strangersSecret = (await givenWorkingKey(await givenOwner())).secret;
});

let made = 0;
function newEmail(): string {
  made += 1;
  return `person${made}@example.com`;
}

async function send(method: string, path: string, body?: unknown, options: CallOptions = {}) {
  const response = await call(path, {
    method,
    secret,
    ...(body === undefined ? {} : { body }),
    ...options,
  });
  return { status: response.status, headers: response.headers, body: await jsonOf(response) };
}

describe("a contact's life", () => {
  test("it is added, read by id and e-mail, changed, and deleted", async () => {
    const email = newEmail();
    const created = await send("POST", "/contacts", {
      email: `  ${email.toUpperCase()} `,
      first_name: "Anna",
      properties: { plan: "pro", seats: 3, beta: true, gone: null },
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      object: "contact",
      email,
      first_name: "Anna",
      last_name: null,
      unsubscribed: false,
      properties: { plan: "pro", seats: 3, beta: true },
    });
    expect(created.body.properties).not.toHaveProperty("gone");
    const id = String(created.body.id);
    expect(id).toMatch(/^con_/);
    expect(created.headers.get("location")).toBe(`/api/v1/contacts/${id}`);
    for (const ref of [id, email, encodeURIComponent(email), email.toUpperCase()]) {
      expect((await send("GET", `/contacts/${ref}`)).body).toEqual(created.body);
    }
    const updated = await send("PATCH", `/contacts/${id}`, {
      last_name: "Berg",
      unsubscribed: true,
      properties: { plan: null, city: "Oslo" },
    });
    expect(updated.status).toBe(200);
    expect(updated.body).toMatchObject({
      first_name: "Anna",
      last_name: "Berg",
      unsubscribed: true,
      properties: { seats: 3, beta: true, city: "Oslo" },
      created_at: created.body.created_at,
    });
    expect(updated.body.properties).not.toHaveProperty("plan");
    expect(Date.parse(String(updated.body.updated_at))).toBeGreaterThan(
      Date.parse(String(created.body.updated_at)),
    );
    const deleted = await send("DELETE", `/contacts/${email}`);
    expect([deleted.status, deleted.body]).toEqual([
      200,
      { object: "contact", id, contact: id, deleted: true },
    ]);
    for (const method of ["GET", "DELETE"]) {
      expect((await send(method, `/contacts/${id}`)).status).toBe(404);
    }
    expect((await send("PATCH", `/contacts/${id}`, { first_name: "A" })).status).toBe(404);
  });

  test("an e-mail is taken once per environment, in every spelling", async () => {
    const email = newEmail();
    expect((await send("POST", "/contacts", { email })).status).toBe(201);
    const again = await send("POST", "/contacts", { email: email.toUpperCase() });
    expect([again.status, again.body.code]).toEqual([409, "conflict"]);
    const other = await send("POST", "/contacts", { email: newEmail() });
    const renamed = await send("PATCH", `/contacts/${other.body.id}`, { email });
    expect([renamed.status, renamed.body.code]).toEqual([409, "conflict"]);
    expect((await send("POST", "/contacts", { email }, { secret: testSecret })).status).toBe(201);
  });

  test("PUT adds, then changes what it names and leaves the rest", async () => {
    const email = `put+tag${made}@example.com`;
    const path = `/contacts/${encodeURIComponent(email)}`;
    const created = await send("PUT", path, { first_name: "Li", properties: { a: 1 } });
    expect([created.status, created.body.email]).toEqual([201, email]);
    const changed = await send("PUT", `/contacts/${email}`, { email, properties: { b: 2 } });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      id: created.body.id,
      first_name: "Li",
      properties: { a: 1, b: 2 },
    });
    const differs = await send("PUT", path, { email: "other@example.com" });
    expect([differs.status, differs.body.code]).toEqual([422, "validation_error"]);
    expect((await send("PUT", `/contacts/${created.body.id}`, {})).status).toBe(422);
  });

  test("twenty callers at once make one contact and lose no property", async () => {
    const path = `/contacts/${newEmail()}`;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => send("PUT", path, { properties: { [`p${at}`]: at } })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(19);
    const { body } = await send("GET", path);
    expect(Object.keys(body.properties as object)).toHaveLength(20);
  });

  test("a contact never gets more than 50 properties, by merging neither", async () => {
    const path = `/contacts/${newEmail()}`;
    const fifty = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`p${at}`, at]));
    expect((await send("PUT", path, { properties: fifty })).status).toBe(201);
    for (const method of ["PUT", "PATCH"]) {
      const refused = await send(method, path, { properties: { one_more: 1 } });
      expect([refused.status, refused.body.code]).toEqual([422, "validation_error"]);
      expect((await send(method, path, { properties: { p0: null, p0b: 1 } })).status).toBe(200);
      expect((await send(method, path, { properties: { p0b: null, p0: 1 } })).status).toBe(200);
    }
  });
});

describe("isolation", () => {
  test("test and live data never meet, and neither do workspaces", async () => {
    const email = newEmail();
    const { body } = await send("POST", "/contacts", { email });
    for (const foreign of [testSecret, strangersSecret]) {
      const options = { secret: foreign };
      for (const ref of [body.id, email]) {
        expect((await send("GET", `/contacts/${ref}`, undefined, options)).status).toBe(404);
        expect((await send("PATCH", `/contacts/${ref}`, { first_name: "X" }, options)).status).toBe(
          404,
        );
        expect((await send("DELETE", `/contacts/${ref}`, undefined, options)).status).toBe(404);
      }
      const list = await send("GET", `/contacts?email=${email}`, undefined, options);
      expect(list.body.data).toEqual([]);
    }
    expect((await send("GET", `/contacts/${email}`)).body).toEqual(body);
  });

  test("a key that may only change contacts reads nothing through its changes", async () => {
    const owner = await givenOwner();
    const writer = (await givenWorkingKey(owner, { scopes: ["contacts:write"] })).secret;
    const options = { secret: writer };
    const email = newEmail();
    const created = await send("POST", "/contacts", { email, first_name: "Own" }, options);
    expect(created.body).toMatchObject({ email, first_name: "Own" });
    for (const method of ["PUT", "PATCH"]) {
      const changed = await send(method, `/contacts/${email}`, { last_name: "B" }, options);
      expect(changed.status).toBe(200);
      expect(Object.keys(changed.body).sort()).toEqual(["id", "object", "updated_at"]);
    }
    const untouched = await send("PATCH", `/contacts/${email}`, {}, options);
    expect(Object.keys(untouched.body)).not.toContain("first_name");
  });
});

describe("lists", () => {
  async function readAll(path: string, options: CallOptions, between?: () => Promise<unknown>) {
    const seen: string[] = [];
    let cursor: unknown = null;
    do {
      const page = await send("GET", cursor ? `${path}&after=${cursor}` : path, undefined, options);
      expect(page.status).toBe(200);
      expect(page.body.object).toBe("list");
      seen.push(...(page.body.data as { email: string }[]).map(({ email }) => email));
      cursor = page.body.has_more ? page.body.next_cursor : null;
      await between?.();
    } while (cursor);
    return seen;
  }

  test("pages give every contact once, newest first, while others are added", async () => {
    const options = { secret: (await givenWorkingKey(await givenOwner())).secret };
    const emails: string[] = [];
    for (let at = 0; at < 11; at += 1) {
      emails.unshift(newEmail());
      await send("POST", "/contacts", { email: emails[0] }, options);
    }
    const add = () => send("POST", "/contacts", { email: newEmail() }, options);
    expect(await readAll("/contacts?limit=3", options, add)).toEqual(emails);
  });

  test("updated_since gives every change since then, oldest first, by pages", async () => {
    const options = { secret: (await givenWorkingKey(await givenOwner())).secret };
    const emails = Array.from({ length: 7 }, newEmail);
    for (const email of emails) await send("POST", "/contacts", { email }, options);
    const first = await send("PATCH", `/contacts/${emails[0]}`, { first_name: "New" }, options);
    const order = [...emails.slice(1), emails[0]];
    expect(await readAll("/contacts?limit=2&updated_since=2020-01-01T00:00:00Z", options)).toEqual(
      order,
    );
    const since = encodeURIComponent(String(first.body.updated_at));
    expect(await readAll(`/contacts?limit=2&updated_since=${since}`, options)).toEqual([emails[0]]);
  });

  test("before leads back, and the id of a contact is a cursor too", async () => {
    const options = { secret: (await givenWorkingKey(await givenOwner())).secret };
    const emails = Array.from({ length: 5 }, newEmail);
    for (const email of emails) await send("POST", "/contacts", { email }, options);
    const first = await send("GET", "/contacts?limit=2", undefined, options);
    const second = await send(
      "GET",
      `/contacts?limit=2&after=${first.body.next_cursor}`,
      undefined,
      options,
    );
    const back = await send(
      "GET",
      `/contacts?limit=2&before=${second.body.previous_cursor}`,
      undefined,
      options,
    );
    expect(back.body.data).toEqual(first.body.data);
    expect(back.body).toMatchObject({ has_more: false, previous_cursor: null });
    const lastId = (first.body.data as { id: string }[])[1]?.id;
    const byId = await send("GET", `/contacts?limit=2&after=${lastId}`, undefined, options);
    expect(byId.body.data).toEqual(second.body.data);
  });

  test("one e-mail is found in any spelling", async () => {
    const email = newEmail();
    await send("POST", "/contacts", { email });
    const found = await send("GET", `/contacts?email=%20${email.toUpperCase()}`);
    expect(found.body.data).toMatchObject([{ email }]);
    expect((await send("GET", "/contacts?email=nobody@example.com")).body.data).toEqual([]);
  });

  test("a cursor that was edited, or is another list's, is refused", async () => {
    for (let at = 0; at < 3; at += 1) await send("POST", "/contacts", { email: newEmail() });
    const { body } = await send("GET", "/contacts?limit=1");
    const cursor = String(body.next_cursor);
    const edited = `${cursor.slice(0, 8)}${cursor[8] === "A" ? "B" : "A"}${cursor.slice(9)}`;
    const tries: [string, string][] = [
      [edited, secret],
      [cursor, testSecret],
      [cursor, strangersSecret],
      [`${cursor}.x`, secret],
      ["9223372036854775808", secret],
      [`con_00000000000000000000000000&updated_since=2026-01-01T00:00:00Z`, secret],
      [`${cursor}&updated_since=2026-01-01T00:00:00Z`, secret],
      [`${cursor}&before=${cursor}`, secret],
    ];
    for (const [after, by] of tries) {
      const response = await send("GET", `/contacts?after=${after}`, undefined, { secret: by });
      expect([after, response.status]).toEqual([after, 422]);
    }
  });

  test.each([
    "limit=0",
    "limit=101",
    "__proto__=1",
    "limit=-1",
    "limit=1e12",
    "limit=NaN",
    "limit=",
    "limit=1&limit=2",
    "offset=5",
    "email=nobody",
    "email=a%00b@example.com",
    "updated_since=yesterday",
    "updated_since=2026-11-23",
    "after=",
    "a%00b=1",
  ])("?%s is a 422 that names the parameter", async (query) => {
    const { status, body } = await send("GET", `/contacts?${query}`);
    expect(status).toBe(422);
    const name = decodeURIComponent(query.split("=")[0] ?? "").replace("\0", "\ufffd");
    expect(body.errors).toMatchObject([{ path: name }]);
  });

  test("a list is not walked by ?cursor=, and the answer says by what", async () => {
    const { body } = await send("GET", "/contacts?cursor=abc");
    expect(body.errors).toEqual([{ path: "cursor", message: "Use after or before." }]);
  });

  test("a path with a NUL names the contact", async () => {
    const { status, body } = await send("GET", "/contacts/a%00b");
    expect([status, body.errors]).toMatchObject([422, [{ path: "contact" }]]);
  });
});
