import { expect, test } from "vitest";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { HOUR_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { aRequest, givenPlainKey } from "@/lib/testing/activity-records";
import { givenOwner } from "@/lib/testing/fixtures";

const givenKey = async () => await givenPlainKey(await givenOwner());

test("a batch stored twice is there once, and so are its counts", async () => {
  const key = await givenKey();
  const at = new Date("2026-11-23T10:20:00Z");
  const records = [
    aRequest({ ...key, at, durationMs: 4 }),
    aRequest({ ...key, at, durationMs: 6 }),
    aRequest({ ...key, at, status: 404, code: "not_found" }),
    aRequest({ ...key, at: later(at, HOUR_MS), status: 503 }),
  ];
  expect(await storeBatch(records, [])).toBe(4);
  expect(await storeBatch([...records, aRequest({ ...key, at })], [])).toBe(1);
  expect(await db().activity.count({ where: { keyId: key.keyId } })).toBe(5);
  const hours = await db().activityHour.findMany({
    where: { keyId: key.keyId },
    orderBy: [{ hour: "asc" }, { outcome: "asc" }],
  });
  expect(hours.map(({ hour, outcome, calls }) => [hour.toISOString(), outcome, calls])).toEqual([
    ["2026-11-23T10:00:00.000Z", "refused", 1],
    ["2026-11-23T10:00:00.000Z", "succeeded", 3],
    ["2026-11-23T11:00:00.000Z", "failed", 1],
  ]);
  expect(hours[1]?.totalDurationMs).toBe(17n);
});

test("calls that share most of what they say keep what is their own", async () => {
  const key = await givenKey();
  const list = { ...key, route: "/contacts/:id", userAgent: "shop/1" };
  const records = [
    aRequest({ ...list, path: "/contacts/a", durationMs: 3, bytesIn: 0, bytesOut: 70 }),
    aRequest({ ...list, path: "/contacts/b", durationMs: 5, bytesIn: 9, bytesOut: 80 }),
    aRequest({ ...list, path: "/contacts/c", status: 404, code: "not_found" }),
    aRequest({ ...list, path: "/contacts/d", method: "DELETE" }),
    aRequest({ ...list, path: "/contacts/e", address: "2001:db8::5", userAgent: "crm/2" }),
    aRequest({ ...list, path: "/contacts/f", address: "2001:db8::5" }),
    aRequest({ ...(await givenKey()), path: "/contacts/a", environment: "test" }),
  ];
  await storeBatch(records, []);
  for (const { authenticated, scopes, ...record } of records) {
    expect(await db().activity.findUnique({ where: { id: record.id } })).toEqual(record);
  }
});

test("people that calls touched add up by the hour", async () => {
  const key = await givenKey();
  const at = new Date("2026-11-23T10:20:00Z");
  const read = aRequest({ ...key, at, contactsRead: 100 });
  await storeBatch([read, aRequest({ ...key, at, contactsRead: 50, recipients: 3 })], []);
  await storeBatch([read, aRequest({ ...key, at, contactsChanged: 7 })], []);
  const hours = await db().activityHour.findMany({ where: { keyId: key.keyId } });
  expect(hours).toMatchObject([{ contactsRead: 150n, contactsChanged: 7n, recipients: 3n }]);
});

test("one id twice in one batch counts once", async () => {
  const key = await givenKey();
  const record = aRequest(key);
  expect(await storeBatch([record, record], [])).toBe(1);
  const [hour] = await db().activityHour.findMany({ where: { keyId: key.keyId } });
  expect(hour?.calls).toBe(1);
});

test("last use is the newest authenticated call, and never moves backwards", async () => {
  const key = await givenKey();
  const at = new Date("2026-11-23T12:00:00.123Z");
  const lastUse = async () => {
    const secret = await db().apiKeySecret.findUniqueOrThrow({ where: { id: key.secretId } });
    const { lastUsedAt } = await db().apiKey.findUniqueOrThrow({ where: { id: key.keyId } });
    expect(secret.lastUsedAt).toEqual(lastUsedAt);
    return { at: secret.lastUsedAt, from: secret.lastUsedAddress, by: secret.lastUsedAgent };
  };
  await storeBatch([aRequest({ ...key, at, status: 401, authenticated: false })], []);
  expect(await lastUse()).toEqual({ at: null, from: null, by: null });
  const newest = aRequest({ ...key, at: later(at, 5), address: "2001:db8::1", userAgent: "new" });
  await storeBatch([newest, aRequest({ ...key, at, userAgent: "old" })], []);
  const used = { at: later(at, 5), from: "2001:db8::1", by: "new" };
  expect(await lastUse()).toEqual(used);
  await storeBatch([aRequest({ ...key, at: later(at, -HOUR_MS), userAgent: "older" })], []);
  expect(await lastUse()).toEqual(used);
});

test("a call cannot mark another workspace's key as used", async () => {
  const key = await givenKey();
  await storeBatch([aRequest({ keyId: key.keyId, secretId: key.secretId })], []);
  const { lastUsedAt } = await db().apiKey.findUniqueOrThrow({ where: { id: key.keyId } });
  expect(lastUsedAt).toBeNull();
});

test("unrecognised calls add up by hour and code", async () => {
  const hour = new Date("2026-11-23T09:00:00Z");
  await storeBatch([], [{ code: "missing_api_key", hour, calls: 3 }]);
  const twice = { code: "missing_api_key", hour, calls: 2 };
  await storeBatch([], [twice, twice, { code: "invalid_api_key", hour, calls: 1 }]);
  const counts = await db().unrecognisedCalls.findMany({
    where: { hour },
    orderBy: { code: "asc" },
  });
  expect(counts.map(({ code, calls }) => [code, calls])).toEqual([
    ["invalid_api_key", 1],
    ["missing_api_key", 7],
  ]);
});
