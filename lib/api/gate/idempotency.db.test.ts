import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { readIdempotencyKey } from "@/lib/api/gate/idempotency";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenOwner } from "@/lib/testing/fixtures";
import { call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";

const asJson = { "content-type": "application/json" };

let secret: string;

beforeAll(async () => {
  secret = (await givenWorkingKey(await givenOwner())).secret;
});

async function post(key: string, email: string, by = secret) {
  const headers = { "idempotency-key": key };
  return await call("/contacts", { method: "POST", secret: by, body: { email }, headers });
}

const newEmail = () => `${randomUUID()}@example.com`;

describe("a POST with an Idempotency-Key", () => {
  test("takes effect once, however often it is sent, bare or quoted", async () => {
    const [key, email] = [randomUUID(), newEmail()];
    const first = await post(key, email);
    expect([first.status, first.headers.get("idempotent-replayed")]).toEqual([201, null]);
    const again = await post(`"${key}"`, email);
    expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([201, "true"]);
    expect(again.headers.get("location")).toBe(first.headers.get("location"));
    expect(await again.text()).toBe(await first.text());
  });

  test("takes effect once for ten callers at once", async () => {
    const [key, email] = [randomUUID(), newEmail()];
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(key, email)));
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].filter((status) => status !== 201 && status !== 409)).toEqual([]);
    const fresh = answers.filter(
      (answer) => answer.status === 201 && !answer.headers.has("idempotent-replayed"),
    );
    expect(fresh).toHaveLength(1);
    expect((await post(key, email)).headers.get("idempotent-replayed")).toBe("true");
  });

  test("is refused for another body, and free to another key", async () => {
    const key = randomUUID();
    await post(key, newEmail());
    const other = await post(key, newEmail());
    expect([other.status, (await jsonOf(other)).code]).toEqual([422, "invalid_idempotent_request"]);
    const stranger = (await givenWorkingKey(await givenOwner())).secret;
    expect((await post(key, newEmail(), stranger)).status).toBe(201);
  });

  test("is known again with its JSON in another order and spacing", async () => {
    const [key, email] = [randomUUID(), newEmail()];
    const post = async (body: string) =>
      await call("/contacts", {
        method: "POST",
        secret,
        body,
        headers: { "idempotency-key": key, ...asJson },
      });
    const first = await post(
      `{"email":"${email}","first_name":"Zo\\u00eb","properties":{"a":1.0,"b":"x"}}`,
    );
    expect(first.status).toBe(201);
    const again = await post(
      `{ "properties": {"b":"\\u0078", "a":1 },\n "first_name":"Zoë", "email":"${email}" }`,
    );
    expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([201, "true"]);
    const other = await post(
      `{"email":"${email}","first_name":"Zoë","properties":{"a":"1","b":"x"}}`,
    );
    expect(await jsonOf(other)).toHaveProperty("code", "invalid_idempotent_request");
  });

  test("is refused for a batch in the other mode, and known where the default is spelled out", async () => {
    const key = randomUUID();
    const body = [{ email: newEmail() }];
    const post = async (headers: Record<string, string>) =>
      await call("/contacts/batch", {
        method: "POST",
        secret,
        body,
        headers: { "idempotency-key": key, ...headers },
      });
    expect((await post({})).status).toBe(200);
    const strict = await post({ "x-batch-validation": "strict" });
    expect(strict.headers.get("idempotent-replayed")).toBe("true");
    const permissive = await post({ "x-batch-validation": "permissive" });
    expect(await jsonOf(permissive)).toHaveProperty("code", "invalid_idempotent_request");
  });

  test.each([
    (key: string) => key,
    (key: string) => `"${key}"`,
    (key: string) => `x-${key.slice(0, 40)}`,
  ])("that is an API key is refused and kept nowhere", async (written) => {
    const answer = await post(written(secret), newEmail());
    expect(answer.status).toBe(422);
    expect(await jsonOf(answer)).toMatchObject({ errors: [{ path: "Idempotency-Key" }] });
  });

  test("is not stored in clear", async () => {
    const key = `order of ${newEmail()}`;
    expect((await post(key, newEmail())).status).toBe(201);
    const stored = await db().idempotentRequest.findMany({ select: { idempotencyKey: true } });
    expect(stored.length).toBeGreaterThan(0);
    for (const { idempotencyKey } of stored) expect(idempotencyKey).toMatch(/^[0-9a-f]{64}$/);
    expect((await post(key, newEmail())).status).toBe(422);
  });

  test("may be sent again after a refusal", async () => {
    const [key, email] = [randomUUID(), newEmail()];
    const { id } = await jsonOf(await post(randomUUID(), email));
    expect((await post(key, email)).status).toBe(409);
    await call(`/contacts/${id}`, { method: "DELETE", secret });
    expect((await post(key, email)).status).toBe(201);
  });

  test.each(["", '""', "é", "x".repeat(257), "a\tb"])("refuses the key %j", async (key) => {
    expect(readIdempotencyKey(key)).toBeNull();
  });

  test("reads a quoted key with escapes", () => {
    expect(readIdempotencyKey('"a\\"b"')).toBe('a"b');
    expect(readIdempotencyKey("x".repeat(256))).toHaveLength(256);
  });
});
