import { expect, test } from "vitest";
import {
  callersSince,
  dailyCalls,
  firstCall,
  hourlyCalls,
  recentRequests,
  typicalDuration,
} from "@/lib/access/activity/reading/usage";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { newId, requestIdOf } from "@/lib/platform/ids";
import { aRequest, givenPlainKey } from "@/lib/testing/activity-records";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

const now = new Date("2026-11-23T14:30:00Z");

test("a key's use is told by day, by hour, in total, by caller let in and by its newest and first calls", async () => {
  const owner = await givenOwner();
  const key = await givenPlainKey(owner);
  const { keyId } = key;
  await db().apiKeySecret.update({
    where: { id: key.secretId },
    data: { createdAt: later(now, -60 * DAY_MS) },
  });
  const first = aRequest({ ...key, at: later(now, -3 * DAY_MS), path: "/me", durationMs: 30 });
  const refused = aRequest({ ...key, at: later(now, -2 * HOUR_MS), status: 403, durationMs: 1 });
  const latest = aRequest({ ...key, at: later(now, -MINUTE_MS), durationMs: 9 });
  const other = aRequest({ ...key, at: later(now, -2 * MINUTE_MS), userAgent: "curl/8" });
  const ancient = aRequest({ ...key, at: later(now, -40 * DAY_MS), address: "192.0.2.1" });
  await storeBatch([first, refused, latest, other], []);

  const days = await dailyCalls(owner, { keyId }, now);
  expect(days).toHaveLength(30);
  expect(days[0]?.day).toBe("2026-10-25");
  expect(days.slice(-4)).toEqual([
    { day: "2026-11-20", succeeded: 1, refused: 0 },
    { day: "2026-11-21", succeeded: 0, refused: 0 },
    { day: "2026-11-22", succeeded: 0, refused: 0 },
    { day: "2026-11-23", succeeded: 2, refused: 1 },
  ]);
  const hours = await hourlyCalls(owner, { keyId }, now);
  expect(hours).toHaveLength(24);
  expect(hours.at(-1)).toEqual({
    hour: new Date("2026-11-23T14:00:00Z"),
    succeeded: 2,
    refused: 0,
  });
  expect(hours.at(-3)).toMatchObject({ succeeded: 0, refused: 1 });
  expect(await typicalDuration(owner, { keyId }, now)).toBe(7);
  expect(await callersSince(owner, { keyId, sinceMs: DAY_MS }, now)).toEqual([
    {
      secretId: key.secretId,
      address: "203.0.113.7",
      userAgent: "HubSpot-Sync/3.1",
      calls: 1,
      lastAt: later(now, -MINUTE_MS),
    },
    {
      secretId: key.secretId,
      address: "203.0.113.7",
      userAgent: "curl/8",
      calls: 1,
      lastAt: later(now, -2 * MINUTE_MS),
    },
  ]);
  const recent = await recentRequests(owner, { keyId, limit: 2 });
  expect(recent.map(({ id }) => id)).toEqual([requestIdOf(latest.id), requestIdOf(other.id)]);
  expect(await firstCall(owner, { keyId })).toEqual({
    method: "GET",
    path: "/me",
    address: "203.0.113.7",
    status: 200,
    durationMs: 30,
    at: later(now, -3 * DAY_MS),
  });
  await storeBatch([ancient], []);
  expect(await firstCall(owner, { keyId })).toMatchObject({ address: "192.0.2.1" });
});

test("after a rotation the first call is the new secret's first, not the key's", async () => {
  const owner = await givenOwner();
  const key = await givenPlainKey(owner);
  const { workspaceId, keyId } = key;
  const rotatedAt = later(now, -HOUR_MS);
  await db().apiKeySecret.update({
    where: { id: key.secretId },
    data: { createdAt: later(now, -DAY_MS), retiresAt: later(now, HOUR_MS) },
  });
  const secretId = newId("sec", rotatedAt);
  await db().apiKeySecret.create({
    data: {
      id: secretId,
      workspaceId,
      keyId,
      hash: secretId,
      lastFour: "x7Qd",
      createdAt: rotatedAt,
    },
  });
  const before = aRequest({ ...key, at: later(now, -2 * HOUR_MS) });
  const stillOld = aRequest({ ...key, at: later(now, -2 * MINUTE_MS) });
  await storeBatch([before, stillOld], []);
  expect(await firstCall(owner, { keyId })).toBeNull();

  const renewed = aRequest({ ...key, secretId, at: later(now, -MINUTE_MS), path: "/contacts" });
  await storeBatch([renewed], []);
  expect(await firstCall(owner, { keyId })).toMatchObject({ path: "/contacts" });
});

test("a key without calls has quiet days, no typical duration and no first call", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenPlainKey(owner);
  expect(await dailyCalls(owner, { keyId }, now)).toHaveLength(30);
  expect(await typicalDuration(owner, { keyId }, now)).toBeNull();
  expect(await firstCall(owner, { keyId })).toBeNull();
});

test("another workspace, and a marketer who does not own the key, learn nothing of its use", async () => {
  const owner = await givenOwner();
  const key = await givenPlainKey(owner);
  const input = { keyId: key.keyId, limit: 10, sinceMs: DAY_MS };
  await storeBatch([aRequest({ ...key, at: later(now, -MINUTE_MS) })], []);
  for (const outsider of [await givenOwner(), await givenColleague(owner, "marketer")]) {
    expect(await dailyCalls(outsider, input, now)).toEqual([]);
    expect(await hourlyCalls(outsider, input, now)).toEqual([]);
    expect(await typicalDuration(outsider, input, now)).toBeNull();
    expect(await callersSince(outsider, input, now)).toEqual([]);
    expect(await recentRequests(outsider, input)).toEqual([]);
    expect(await firstCall(outsider, input)).toBeNull();
  }
  expect(await recentRequests(await givenColleague(owner, "viewer"), input)).toHaveLength(1);
});
