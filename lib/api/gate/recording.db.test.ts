import { beforeAll, expect, test, vi } from "vitest";
import { listRequests } from "@/lib/access/activity/reading/query";
import { STORED_A_MINUTE } from "@/lib/access/activity/recording/kept-out-calls";
import { stopActivity } from "@/lib/access/activity/recording/start";
import { activityQuery } from "@/lib/access/activity/schema";
import { generateSecret } from "@/lib/access/api-keys/key/secret";
import { forgetKey } from "@/lib/access/api-keys/verification/key-cache";
import { UNKNOWN_SECRETS_A_MINUTE } from "@/lib/access/api-keys/verification/unknown-secrets";
import type { MemberActor } from "@/lib/people/auth/actor";
import { now } from "@/lib/platform/clock";
import { pool } from "@/lib/platform/database/pool";
import { db } from "@/lib/platform/database/unit-of-work";
import { uuidOfRequestId } from "@/lib/platform/ids";
import { processValues } from "@/lib/platform/process-wide";
import { givenOwner } from "@/lib/testing/fixtures";
import { CALLER_ADDRESS, call, givenWorkingKey } from "@/lib/testing/gate";

let owner: MemberActor;

beforeAll(async () => {
  owner = await givenOwner();
});

async function recordOf(response: Response) {
  await response.text();
  await stopActivity();
  const id = uuidOfRequestId(response.headers.get("x-request-id") ?? "");
  return await db().activity.findUnique({ where: { id: id ?? "" } });
}

test("a call is on record under the id its caller was told, with what it was and what became of it", async () => {
  const key = await givenWorkingKey(owner);
  const body = { email: "anna+shop@example.com" };
  await call("/contacts", { method: "POST", secret: key.secret, body });
  const response = await call("/contacts/anna%2Bshop@example.com?a=secret-thing", {
    method: "PATCH",
    secret: key.secret,
    body: { first_name: "Anna" },
  });
  const bytesOut = Number(response.headers.get("content-length"));
  expect(await recordOf(response)).toMatchObject({
    workspaceId: owner.workspaceId,
    keyId: key.keyId,
    secretId: key.secretId,
    environment: "live",
    method: "PATCH",
    route: "/contacts/:idOrEmail",
    path: "/contacts/{email}",
    status: 200,
    code: null,
    address: CALLER_ADDRESS,
    userAgent: "HubSpot-Sync/3.1",
    bytesIn: 21,
    bytesOut,
  });
});

test("refused calls of a recognised key are on record with their code; only let-in ones count as use", async () => {
  const key = await givenWorkingKey(owner, {
    scopes: ["events:read"],
    allowedAddresses: [CALLER_ADDRESS],
  });
  const cases = [
    { path: "/contacts", status: 403, code: "insufficient_scope", route: "/contacts" },
    { path: "/nowhere", status: 404, code: "not_found", route: "/nowhere" },
    { path: "/me?token=x", status: 400, code: "key_in_url", route: "/me" },
    { path: `/me?k=${key.secret}`, status: 400, code: "key_in_url", route: "/me", bare: true },
    { path: "/me", status: 403, code: "ip_not_allowed", route: "/me", address: "198.51.100.1" },
  ];
  for (const { path, status, code, route, bare, address } of cases) {
    const response = await call(path, {
      ...(bare ? {} : { secret: key.secret }),
      ...(address ? { address } : {}),
    });
    expect(await recordOf(response)).toMatchObject({ keyId: key.keyId, status, code, route });
  }
  await db().apiKey.update({ where: { id: key.keyId }, data: { revokedAt: now() } });
  forgetKey(key.keyId);
  const revoked = await call("/me", { secret: key.secret });
  expect(await recordOf(revoked)).toMatchObject({ status: 401, code: "revoked_api_key" });
});

test("a key that was only ever refused has never been used", async () => {
  const key = await givenWorkingKey(owner, { allowedAddresses: ["192.0.2.1"] });
  await recordOf(await call("/me", { secret: key.secret }));
  const { lastUsedAt } = await db().apiKey.findUniqueOrThrow({ where: { id: key.keyId } });
  expect(lastUsedAt).toBeNull();
});

test("calls without a recognisable key are counted by their code, not stored", async () => {
  await recordOf(await call("/me"));
  await recordOf(await call("/me", { secret: generateSecret("live") }));
  await recordOf(await call("/nowhere"));
  const counts = await db().unrecognisedCalls.findMany({ select: { code: true, calls: true } });
  expect(Object.fromEntries(counts.map(({ code, calls }) => [code, calls]))).toMatchObject({
    missing_api_key: 1,
    invalid_api_key: 1,
    not_found: 1,
  });
});

test("a key in a loop that is kept out fills no table, and none of its calls is lost from the counts", async () => {
  const key = await givenWorkingKey(owner);
  await db().apiKey.update({ where: { id: key.keyId }, data: { revokedAt: now() } });
  forgetKey(key.keyId);
  for (let at = 0; at < 200; at += 1) {
    expect((await call("/me", { secret: key.secret })).status).toBe(401);
  }
  await stopActivity();
  const rows = await db().activity.findMany({
    where: { keyId: key.keyId },
    orderBy: { id: "asc" },
  });
  // Two minutes at most, each with one row for all that it counted.
  expect(rows.length).toBeLessThanOrEqual(2 * (STORED_A_MINUTE + 1));
  expect(rows.reduce((calls, { repeats }) => calls + 1 + repeats, 0)).toBe(200);
  const hours = await db().activityHour.findMany({ where: { keyId: key.keyId } });
  expect(hours.reduce((sum, { calls }) => sum + calls, 0)).toBe(200);
  const page = await listRequests(owner, activityQuery.parse({ key: key.keyId }), now());
  expect(page.rows.some(({ repeats }) => repeats > 0)).toBe(true);
});

test("an address that tries keys which nobody has is turned away before the database is asked", async () => {
  const [known, fresh] = [await givenWorkingKey(owner), await givenWorkingKey(owner)];
  const from = { address: "198.51.100.77" };
  expect((await call("/me", { secret: known.secret, ...from })).status).toBe(200);
  const tries = Array.from({ length: UNKNOWN_SECRETS_A_MINUTE }, () => generateSecret("live"));
  for (const secret of tries) {
    expect((await call("/me", { secret, ...from })).status).toBe(401);
  }
  const asked = vi.spyOn(pool(), "query");
  for (const secret of [generateSecret("live"), fresh.secret]) {
    const refused = await call("/me", { secret, ...from });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  }
  const inUrl = await call(`/me?k=${generateSecret("live")}`, from);
  expect(inUrl.status).toBe(400);
  expect(asked).not.toHaveBeenCalled();
  asked.mockRestore();
  expect((await call("/me", { secret: known.secret, ...from })).status).toBe(200);
  expect((await call("/me", { secret: fresh.secret })).status).toBe(200);
});

test("keys in paths and user agents are taken out, and long ones are cut", async () => {
  const key = await givenWorkingKey(owner);
  const leaked = await call(`/nowhere/${key.secret}/${"x".repeat(2_000)}`, {
    secret: key.secret,
    headers: { "user-agent": `Robot (${key.secret}) ${"y".repeat(2_000)}` },
  });
  const record = await recordOf(leaked);
  expect(record?.code).toBe("key_in_url");
  expect(record?.path).toContain("/nowhere/pstn_live_redacted/xxx");
  expect(record?.path.length).toBe(512);
  expect(record?.userAgent.length).toBeLessThanOrEqual(256);
  expect(JSON.stringify(record)).not.toContain(key.secret.slice(0, 20));
});

test("a call that cannot be put on record is not answered as if it were", async () => {
  const key = await givenWorkingKey(owner);
  const slots = processValues();
  const slot = "activity-spool";
  const real = slots.get(slot);
  const refuse = () => {
    throw new Error("no record");
  };
  slots.set(slot, { spool: { append: refuse } });
  const response = await call("/me", { secret: key.secret });
  slots.set(slot, real);
  expect(response.status).toBe(500);
  expect(response.headers.get("x-request-id")).toMatch(/^req_/);
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({ code: "internal_error" });
  expect(text).not.toContain("no record");
});
