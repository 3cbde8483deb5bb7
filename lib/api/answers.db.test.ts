import { beforeAll, describe, expect, test } from "vitest";
import { forgetKey } from "@/lib/access/api-keys/verification/key-cache";
import type { MemberActor } from "@/lib/people/auth/actor";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenOwner } from "@/lib/testing/fixtures";
import { call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";

let owner: MemberActor;

beforeAll(async () => {
  owner = await givenOwner();
});

async function limitTo(keyId: string, ratePerMinute: number) {
  await db().apiKey.update({ where: { id: keyId }, data: { ratePerMinute } });
  forgetKey(keyId);
}

describe("limits", () => {
  test("headers tell the truth, a call counts once, and over the limit it is 429", async () => {
    const key = await givenWorkingKey(owner, { scopes: ["events:read"] });
    await limitTo(key.keyId, 3);
    for (const [path, status, remaining] of [
      ["/me", 200, "2"],
      ["/contacts", 403, "1"],
      ["/nowhere", 404, "0"],
    ] as const) {
      const response = await call(path, { secret: key.secret });
      expect(response.status).toBe(status);
      expect(response.headers.get("ratelimit-limit")).toBe("3");
      expect(response.headers.get("ratelimit-remaining")).toBe(remaining);
      expect(response.headers.get("ratelimit-policy")).toBe('"default";q=3;w=60');
      const reset = response.headers.get("ratelimit-reset");
      expect(Number(reset)).toBeGreaterThan(0);
      expect(response.headers.get("ratelimit")).toBe(`"default";r=${remaining};t=${reset}`);
    }
    const over = await call("/me", { secret: key.secret });
    expect(over.status).toBe(429);
    expect(over.headers.get("ratelimit-remaining")).toBe("0");
    expect(over.headers.get("retry-after")).toBe(over.headers.get("ratelimit-reset"));
    expect(await jsonOf(over)).toMatchObject({ code: "rate_limit_exceeded" });
    await limitTo(key.keyId, 10);
    expect((await call("/me", { secret: key.secret })).headers.get("ratelimit-remaining")).toBe(
      "5",
    );
  });

  test("a call with a body counts once, though its key is looked at again after the body", async () => {
    const key = await givenWorkingKey(owner);
    const body = { email: "counted@example.com" };
    const repeatable = { "idempotency-key": "once" };
    for (const [options, status, remaining] of [
      [{ body }, 201, "599"],
      [{ body: { email: "nobody" } }, 422, "598"],
      [{ body: { email: "repeatable@example.com" }, headers: repeatable }, 201, "597"],
    ] as const) {
      const sent = { method: "POST", secret: key.secret, ...options };
      const response = await call("/contacts", sent);
      expect(response.status).toBe(status);
      expect(response.headers.get("ratelimit-remaining")).toBe(remaining);
    }
  });

  test("calls that are not let in use nothing up, and one key's calls never another's", async () => {
    const key = await givenWorkingKey(owner, { allowedAddresses: ["203.0.113.7"] });
    await call("/me", { secret: key.secret, address: "198.51.100.1" });
    const first = await call("/me", { secret: key.secret });
    expect(first.headers.get("ratelimit-remaining")).toBe("599");
    const other = await givenWorkingKey(owner);
    const response = await call("/me", { secret: other.secret });
    expect(response.headers.get("ratelimit-remaining")).toBe("599");
  });
});

describe("paths and methods", () => {
  test("what is no route is 404, with and without a key", async () => {
    const key = await givenWorkingKey(owner);
    for (const path of ["/nowhere", "/contacts/", "/ME", "/contacts/a/b", "", "/"]) {
      expect((await call(path)).status).toBe(404);
      const response = await call(path, { secret: key.secret });
      expect(response.status).toBe(404);
      expect(await jsonOf(response)).toMatchObject({ code: "not_found" });
    }
  });

  test("a route's other methods are 405, with those it has", async () => {
    const key = await givenWorkingKey(owner);
    const me = await call("/me", { method: "DELETE", secret: key.secret });
    expect([me.status, me.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    const contact = await call("/contacts/a@example.com", { method: "POST" });
    expect(contact.status).toBe(405);
    expect(contact.headers.get("allow")).toBe("DELETE, GET, HEAD, OPTIONS, PATCH, PUT");
  });

  test("HEAD is GET without a body", async () => {
    const key = await givenWorkingKey(owner);
    const head = await call("/me", { method: "HEAD", secret: key.secret });
    const get = await call("/me", { secret: key.secret });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
    expect(head.headers.get("content-length")).toBe(`${Buffer.byteLength(await get.text())}`);
    expect((await call("/me", { method: "HEAD" })).status).toBe(401);
    expect((await call("/nowhere", { method: "HEAD" })).status).toBe(404);
  });

  test("OPTIONS names the methods; a browser's preflight is told why it gets no CORS", async () => {
    const options = await call("/contacts", { method: "OPTIONS" });
    expect(options.status).toBe(204);
    expect(options.headers.get("allow")).toBe("GET, HEAD, OPTIONS, POST");
    const preflight = await call("/contacts", {
      method: "OPTIONS",
      headers: { origin: "https://shop.example", "access-control-request-method": "POST" },
    });
    expect(await preflight.text()).toContain("not for browsers");
    for (const name of preflight.headers.keys()) expect(name).not.toMatch(/^access-control/);
  });
});

test("every answer carries its id and stays out of caches; problems speak three dialects", async () => {
  const key = await givenWorkingKey(owner);
  for (const path of ["/me", "/contacts", "/nowhere", "/contacts/nobody@example.com"]) {
    const response = await call(path, { secret: key.secret });
    expect(response.headers.get("x-request-id")).toMatch(/^req_[0-9a-hjkmnp-tv-z]{26}$/);
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  }
  const response = await call("/contacts/nobody@example.com", { secret: key.secret });
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const body = await jsonOf(response);
  expect(body).toMatchObject({
    type: "http://localhost/docs/errors/not_found",
    status: 404,
    statusCode: 404,
    code: "not_found",
    name: "not_found",
    request_id: response.headers.get("x-request-id"),
  });
  expect(body.message).toBe(body.detail);
});
