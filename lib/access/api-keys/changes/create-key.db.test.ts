import { expect, test } from "vitest";
import { createKey } from "@/lib/access/api-keys/changes/create-key";
import { hashSecret, isWellFormedSecret } from "@/lib/access/api-keys/key/secret";
import { getKey } from "@/lib/access/api-keys/reading/get-key";
import { DAY_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { auditOf, givenKey, keyInput, TEST_NOON as now } from "@/lib/testing/api-keys";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

test("a created key has one secret, whose hash alone is kept", async () => {
  const owner = await givenOwner();
  const result = await createKey(owner, keyInput({ name: "Shop" }), now);
  if (!result.ok) throw new Error(result.message);
  const { keyId, secret, hint } = result.value;
  expect(isWellFormedSecret(secret)).toBe(true);
  expect(hint).toBe(`pstn_live_…${secret.slice(-4)}`);
  const secrets = await db().apiKeySecret.findMany({ where: { keyId } });
  expect(secrets).toHaveLength(1);
  expect(secrets[0]).toMatchObject({ hash: hashSecret(secret), retiresAt: null, createdAt: now });
});

test("a key is what its form said, and belongs to who made it", async () => {
  const marketer = await givenColleague(await givenOwner(), "marketer");
  const { keyId } = await givenKey(marketer, {
    name: "Metabase",
    description: "Set up by Mara",
    environment: "test",
    scopes: ["campaigns:read"],
    allowedAddresses: ["203.0.113.0/24"],
  });
  const key = await getKey(marketer, { id: keyId }, now);
  expect(key.ok && key.value).toMatchObject({
    name: "Metabase",
    description: "Set up by Mara",
    environment: "test",
    scopes: ["campaigns:read"],
    allowedAddresses: ["203.0.113.0/24"],
    owner: { id: marketer.memberId, name: marketer.name, role: "marketer" },
    status: "active",
    ratePerMinute: 600,
    revision: 1,
    canManage: true,
    expiryDays: 90,
    expiresAt: later(now, 90 * DAY_MS),
  });
});

test("twenty submits of one form make one key, and show one secret", async () => {
  const owner = await givenOwner();
  const input = keyInput();
  const results = await Promise.all(Array.from({ length: 20 }, () => createKey(owner, input, now)));
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  const codes = results.flatMap((result) => (result.ok ? [] : [result.code]));
  expect(new Set(codes)).toEqual(new Set(["already_created"]));
  const { workspaceId } = owner;
  expect(await db().apiKey.count({ where: { workspaceId } })).toBe(1);
  expect(await db().apiKeySecret.count({ where: { workspaceId } })).toBe(1);
  expect(await db().auditEvent.count({ where: { workspaceId } })).toBe(1);
});

test("the same creation token in another workspace makes its own key", async () => {
  const input = keyInput();
  expect((await createKey(await givenOwner(), input, now)).ok).toBe(true);
  expect((await createKey(await givenOwner(), input, now)).ok).toBe(true);
});

test("a date that is over is refused beside its field, and today is not over", async () => {
  const owner = await givenOwner();
  const on = (date: string) => createKey(owner, keyInput({ expiry: { kind: "date", date } }), now);
  expect(await on("2026-11-22")).toMatchObject({
    code: "validation_error",
    fieldErrors: { "expiry.date": ["Choose a day that is not over yet."] },
  });
  expect((await on("2026-11-23")).ok).toBe(true);
});

test("a viewer makes no key", async () => {
  const viewer = await givenColleague(await givenOwner(), "viewer");
  expect(await createKey(viewer, keyInput(), now)).toMatchObject({ code: "not_found" });
  expect(await db().apiKey.count({ where: { workspaceId: viewer.workspaceId } })).toBe(0);
});

test("the audit event of a creation says who made what, from where, without the secret", async () => {
  const owner = await givenOwner();
  const key = await givenKey(owner, { expiry: { kind: "never" }, allowedAddresses: ["::1"] });
  const events = await auditOf(key.keyId, "key.created");
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({
    at: now,
    actorId: owner.memberId,
    actorName: owner.name,
    action: "key.created",
    targetType: "key",
    targetName: "HubSpot sync",
    address: "203.0.113.9",
    userAgent: "vitest",
    changes: {
      name: { from: null, to: "HubSpot sync" },
      useCase: { from: null, to: "crm-sync" },
      environment: { from: null, to: "live" },
      scopes: { from: null, to: ["contacts:read", "contacts:write"] },
      allowedAddresses: { from: null, to: ["::1"] },
      expiresAt: { from: null, to: null },
      owner: { from: null, to: owner.name },
      secret: { from: null, to: key.hint },
    },
  });
});
