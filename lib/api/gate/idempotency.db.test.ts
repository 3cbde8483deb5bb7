import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { readIdempotencyKey } from "@/lib/api/gate/idempotency";
import { givenOwner } from "@/lib/testing/fixtures";
import { call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";

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
