import { beforeAll, describe, expect, test } from "vitest";
import { generateSecret } from "@/lib/access/api-keys/key/secret";
import { forgetKey } from "@/lib/access/api-keys/verification/key-cache";
import { api } from "@/lib/api/app";
import { DOCUMENT_ROUTE } from "@/lib/api/openapi/document-route";
import { routes } from "@/lib/api/routes/all-routes";
import type { Route } from "@/lib/api/routes/route";
import type { MemberActor } from "@/lib/people/auth/actor";
import { SCOPES, type Scope } from "@/lib/people/auth/scopes";
import { DAY_MS, later, now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { LEAK_PATHS } from "@/lib/platform/edge/api-prefix";
import { givenOwner } from "@/lib/testing/fixtures";
import { call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";
import type { Prisma } from "@/prisma/generated/client";

let owner: MemberActor;

beforeAll(async () => {
  owner = await givenOwner();
});

async function change(keyId: string, data: Prisma.ApiKeyUpdateInput) {
  await db().apiKey.update({ where: { id: keyId }, data });
  forgetKey(keyId);
}

describe("who is let in", () => {
  test("a valid key sees itself, as a Bearer token and as the password of HTTP Basic", async () => {
    const key = await givenWorkingKey(owner, { name: "HubSpot sync" });
    const bearer = await call("/me", { secret: key.secret });
    expect(bearer.status).toBe(200);
    const body = await jsonOf(bearer);
    expect(body).toMatchObject({
      object: "api_key",
      id: key.keyId,
      name: "HubSpot sync",
      environment: "live",
      workspace: { id: owner.workspaceId, name: owner.workspaceName },
      scopes: ["contacts:read", "contacts:write"],
      audiences: null,
      secret_hint: key.hint,
      retires_at: null,
      limits: { requests_per_minute: 600 },
    });
    expect(new Date(String(body.expires_at)).getTime()).toBeGreaterThan(now().getTime());
    const basic = Buffer.from(`anything:${key.secret}`).toString("base64");
    for (const authorization of [`Basic ${basic}`, `basic ${basic}`, `bearer ${key.secret}`]) {
      expect((await call("/me", { headers: { authorization } })).status).toBe(200);
    }
  });

  test.each([
    ["nothing", {}, "missing_api_key", /^Bearer realm="Postern"$/],
    ["an empty Bearer", { authorization: "Bearer " }, "invalid_api_key", /error="invalid_token"/],
    ["another scheme", { authorization: "Token abc" }, "invalid_api_key", /error="invalid_token"/],
    ["nonsense", { authorization: "Bearer abc" }, "invalid_api_key", /error="invalid_token"/],
    ["Basic without a colon", { authorization: "Basic YWJj" }, "invalid_api_key", /invalid_token/],
    ["a long header", { authorization: `Bearer ${"a".repeat(9_000)}` }, "invalid_api_key", /./],
    ["the key elsewhere", { "x-api-key": generateSecret("live") }, "missing_api_key", /./],
    ["a cookie", { cookie: `key=${generateSecret("live")}` }, "missing_api_key", /./],
  ])("%s is no key", async (_, headers, code, challenge) => {
    const response = await call("/me", { headers: headers as Record<string, string> });
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toMatch(challenge);
    expect(await jsonOf(response)).toMatchObject({ code });
  });

  test("a well-formed key that was never made is told so, and asked for once in a while only", async () => {
    const response = await call("/me", { secret: generateSecret("live") });
    expect(response.status).toBe(401);
    expect(await jsonOf(response)).toMatchObject({ code: "invalid_api_key" });
  });

  test.each([
    ["revoked", { revokedAt: now() }, "revoked_api_key"],
    ["frozen", { frozenAt: now() }, "frozen_api_key"],
    ["paused", { pausedAt: now() }, "paused_api_key"],
    ["expired", { expiresAt: later(now(), -1) }, "expired_api_key"],
  ])("a %s key is refused from the next request on", async (_, data, code) => {
    const key = await givenWorkingKey(owner);
    expect((await call("/me", { secret: key.secret })).status).toBe(200);
    await change(key.keyId, data);
    const response = await call("/me", { secret: key.secret });
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toContain('error="invalid_token"');
    expect(await jsonOf(response)).toMatchObject({ code });
  });

  test("a retiring secret works and says until when; a retired one does not work", async () => {
    const key = await givenWorkingKey(owner);
    const retiresAt = later(now(), DAY_MS);
    await db().apiKeySecret.update({ where: { id: key.secretId }, data: { retiresAt } });
    const retiring = await call("/me", { secret: key.secret });
    expect(retiring.status).toBe(200);
    expect(retiring.headers.get("postern-secret-retires")).toBe(retiresAt.toISOString());
    expect(await jsonOf(retiring)).toMatchObject({ retires_at: retiresAt.toISOString() });
    const endsAt = later(now(), -1);
    await db().apiKeySecret.update({ where: { id: key.secretId }, data: { retiresAt: endsAt } });
    forgetKey(key.keyId);
    const retired = await call("/me", { secret: key.secret });
    expect(retired.status).toBe(401);
    expect(retired.headers.has("postern-secret-retires")).toBe(false);
    expect(await jsonOf(retired)).toMatchObject({ code: "expired_api_key" });
  });

  test("a key limited to addresses works from those only", async () => {
    const key = await givenWorkingKey(owner, {
      allowedAddresses: ["203.0.113.0/24", "2001:db8::/32"],
    });
    for (const address of ["203.0.113.200", "2001:db8::7", "::ffff:203.0.113.9"]) {
      expect((await call("/me", { secret: key.secret, address })).status).toBe(200);
    }
    for (const address of ["198.51.100.1", "unknown", "2001:db9::1"]) {
      const response = await call("/me", { secret: key.secret, address });
      expect(response.status).toBe(403);
      expect(response.headers.has("ratelimit-limit")).toBe(false);
      expect(await jsonOf(response)).toMatchObject({
        code: "ip_not_allowed",
        client_address: address,
      });
    }
  });
});

describe("what a key may do", () => {
  test("nothing is served but what the table of routes lists, and reports of leaks", () => {
    const served = api.routes.map(({ method, path }) => `${method} ${path}`);
    const listed = [...routes, DOCUMENT_ROUTE].map(
      ({ method, path }) => `${method} /api/v1${path}`,
    );
    const leaks = Object.values(LEAK_PATHS).map((path) => `ALL ${path}`);
    expect(served.toSorted()).toEqual([...leaks, ...listed].toSorted());
  });

  test("every route asks for exactly its scopes, whatever else a key has", async () => {
    for (const scope of SCOPES) {
      const others = SCOPES.filter((other) => other !== scope);
      await expectRoutesOf([scope], (needed) => needed.every((one) => one === scope));
      await expectRoutesOf(others, (needed) => !needed.includes(scope));
    }
  }, 120_000);

  /** Calls every route with a key of `scopes`. Routes that `allows` names let it in, all others answer 403. */
  async function expectRoutesOf(
    scopes: Scope[],
    allows: (needed: readonly Scope[]) => boolean,
  ): Promise<void> {
    const key = await givenWorkingKey(owner, { scopes });
    await db().apiKey.update({ where: { id: key.keyId }, data: { ratePerMinute: 60_000 } });
    for (const route of routes) {
      const path = route.path.replaceAll(/:\w+/g, "nobody@example.com");
      const response = await call(path, { method: route.method, secret: key.secret });
      const name = `${route.method} ${route.path} with ${scopes}`;
      expect([name, response.status !== 403]).toEqual([name, allows(neededBy(route))]);
    }
  }

  function neededBy({ scope, alsoScope }: Route): Scope[] {
    return [...(scope === "any" ? [] : [scope]), ...(alsoScope ? [alsoScope] : [])];
  }

  test("a refused scope is named in the console's words, with where to change it", async () => {
    const key = await givenWorkingKey(owner, { scopes: ["contacts:read"] });
    const response = await call("/contacts", {
      method: "POST",
      secret: key.secret,
      body: { email: "anna@example.com" },
    });
    expect(response.status).toBe(403);
    expect(response.headers.get("www-authenticate")).toMatch(
      /^Bearer realm="Postern", error="insufficient_scope", .*scope="contacts:write"$/,
    );
    const body = await jsonOf(response);
    expect(body).toMatchObject({
      code: "insufficient_scope",
      required_scope: "contacts:write",
      settings_url: `http://localhost/settings/api-keys/${key.keyId}`,
    });
    expect(body.detail).toContain("Contacts → Change");
  });

  test("scopes in the database that are not known grant nothing", async () => {
    const key = await givenWorkingKey(owner, { scopes: ["events:read"] });
    await change(key.keyId, {
      scopes: ["contacts", "contacts:*", "CONTACTS:READ", "contacts:read "],
    });
    expect((await call("/contacts", { secret: key.secret })).status).toBe(403);
    expect(await jsonOf(await call("/me", { secret: key.secret }))).toMatchObject({ scopes: [] });
  });
});

describe("keys in the URL", () => {
  const secret = generateSecret("live");
  test.each([
    `/me?api_key=${secret}`,
    `/me?anything=${secret}`,
    `/me?x=%70stn_live_${secret.slice(10)}`,
    "/me?access_token=abc",
    "/me?API-Key=abc",
    `/contacts/${secret}`,
    `/nowhere/${secret}`,
    `/me?a=1&token=${secret}`,
  ])("%s is refused", async (path) => {
    const response = await call(path);
    expect(response.status).toBe(400);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ code: "key_in_url" });
    expect(text).not.toContain(secret);
  });

  test("is refused even beside a valid header", async () => {
    const key = await givenWorkingKey(owner);
    const response = await call(`/me?key=${key.secret}`, { secret: key.secret });
    expect(response.status).toBe(400);
  });
});
