import { expect, test } from "vitest";
import type { RequestRecord } from "@/lib/access/activity/recording/record";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { rotateKey } from "@/lib/access/api-keys/changes/rotate-key";
import { dismissFinding } from "@/lib/access/findings/changes/dismiss-finding";
import { keepHabits } from "@/lib/access/findings/watching/keep-habits";
import { lookAtCalls } from "@/lib/access/findings/watching/look-at-calls";
import { LOOK_MS, takeLook } from "@/lib/access/findings/watching/use-look";
import { watchAllKeys } from "@/lib/access/findings/watching/watch-keys";
import { hasUnreadNotices } from "@/lib/access/notices/read-notices";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { aRequest } from "@/lib/testing/activity-records";
import { givenKey, TEST_NOON } from "@/lib/testing/api-keys";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenOwner } from "@/lib/testing/fixtures";

const DAYS = 21;
/** Each test is an hour later than the one before, so that its look is due. */
let now = TEST_NOON;

type Key = Awaited<ReturnType<typeof givenSettled>>;

/** A key that called every hour for three weeks, and read ten contacts each time. */
async function givenSettled(owner: MemberActor) {
  now = later(now, HOUR_MS);
  const { keyId, secretId } = await givenKey(owner, { name: "CRM" }, later(now, -DAYS * DAY_MS));
  const key = { workspaceId: owner.workspaceId, keyId, secretId };
  const hours = Array.from({ length: DAYS * 24 }, (_, back) => later(now, -(back + 1) * HOUR_MS));
  await storeBatch(
    hours.reverse().map((at) => aRequest({ ...key, at, contactsRead: 10 })),
    [],
  );
  await keepHabits(now);
  return key;
}

async function called(key: Key, at: Date, calls: Partial<RequestRecord>[]): Promise<void> {
  await storeBatch(
    calls.map((call) => aRequest({ ...key, at, ...call })),
    [],
  );
}

const times = (count: number, call: Partial<RequestRecord> = {}) =>
  Array.from({ length: count }, () => call);

/** The open findings about unusual calls of a key, such as "scanning 1 urgent". */
async function unusual({ keyId }: Key): Promise<string[]> {
  const kinds = { notIn: ["works_from_anywhere", "unused_scopes", "no_expiry"] };
  const found = await db().finding.findMany({ where: { keyId, closedAt: null, kind: kinds } });
  return found.map(({ kind, degree, severity }) => `${kind} ${degree} ${severity}`).sort();
}

test("reading in bulk is found by the next look, told at once, and closed by a new secret", async () => {
  const owner = await givenOwner();
  const key = await givenSettled(owner);
  await lookAtCalls(now);
  expect(await unusual(key)).toEqual([]);
  expect(await hasUnreadNotices(owner)).toBe(false);
  const at = later(now, MINUTE_MS);
  await called(key, at, times(20, { contactsRead: 100 }));
  await lookAtCalls(later(at, LOOK_MS));
  expect(await unusual(key)).toEqual(["bulk_reading 1 urgent"]);
  expect(await hasUnreadNotices(owner)).toBe(true);
  const { facts } = await db().finding.findFirstOrThrow({
    where: { keyId: key.keyId, kind: "bulk_reading" },
  });
  expect(facts).toMatchObject({
    count: 2_000,
    usual: 10,
    limit: 500,
    routes: [{ method: "GET", route: "/contacts", count: 2_000 }],
  });
  await watchAllKeys(later(at, HOUR_MS));
  expect(await unusual(key)).toEqual(["bulk_reading 1 urgent"]);
  const rotation = { keyId: key.keyId, currentSecretId: key.secretId };
  const rotatedAt = later(at, 2 * HOUR_MS);
  mustWork(await rotateKey(owner, { ...rotation, grace: { kind: "immediately" } }, rotatedAt));
  await watchAllKeys(later(rotatedAt, MINUTE_MS));
  expect(await unusual(key)).toEqual([]);
});

test("what is meant to be so is usual from then on, and what is more than that is not", async () => {
  const owner = await givenOwner();
  const key = await givenSettled(owner);
  const at = later(now, MINUTE_MS);
  await called(key, at, times(20, { contactsRead: 100 }));
  await lookAtCalls(later(at, LOOK_MS));
  const { id: findingId } = await db().finding.findFirstOrThrow({ where: { keyId: key.keyId } });
  mustWork(await dismissFinding(owner, { findingId, reason: "intended", note: "" }, at));
  const weekOn = later(at, 8 * DAY_MS);
  const reading = async () => (await unusual(key)).filter((found) => found.startsWith("bulk"));
  await watchAllKeys(weekOn);
  expect(await reading()).toEqual([]);
  await called(key, weekOn, times(23, { contactsRead: 100 }));
  await watchAllKeys(later(weekOn, MINUTE_MS));
  expect(await reading()).toEqual([]);
  await called(key, weekOn, times(10, { contactsRead: 100 }));
  await watchAllKeys(later(weekOn, MINUTE_MS));
  expect(await reading()).toEqual(["bulk_reading 1 urgent"]);
});

test("scans, walks, keys in URLs and strangers are found by a look; of a new key nothing is", async () => {
  const owner = await givenOwner();
  const key = await givenSettled(owner);
  const young = { ...key, ...(await givenKey(owner, { name: "New" }, later(now, -DAY_MS))) };
  const at = later(now, MINUTE_MS);
  const routes = ["/contacts", "/audiences", "/templates", "/campaigns", "/emails"];
  const scan = routes.flatMap((route) =>
    times(5, { route, status: 403, code: "insufficient_scope", scopes: ["emails:read"] }),
  );
  const missed = times(60, { route: "/contacts/:idOrEmail", status: 404, code: "not_found" });
  const inUrl = { status: 400, code: "key_in_url", authenticated: false };
  for (const caller of [key, young]) {
    await called(caller, at, [...scan, ...missed]);
    await called(caller, at, [{ address: "198.51.100.7", userAgent: "curl/8.5" }]);
  }
  await called(key, at, [inUrl]);
  await lookAtCalls(later(at, LOOK_MS));
  expect(await unusual(key)).toEqual([
    "key_in_url 1 soon",
    "new_network 2 urgent",
    "scanning 1 urgent",
    "walking 1 soon",
  ]);
  expect(await unusual(young)).toEqual([]);
});

test("a key that goes silent is named after hours, and no longer once it calls", async () => {
  const key = await givenSettled(await givenOwner());
  await db().useLook.upsert({
    where: { id: 1 },
    create: { id: 1, lookedAt: now, awakeSince: later(now, -DAY_MS) },
    update: { awakeSince: later(now, -DAY_MS) },
  });
  await watchAllKeys(later(now, 4 * HOUR_MS));
  expect(await unusual(key)).toEqual([]);
  await watchAllKeys(later(now, 7 * HOUR_MS));
  expect(await unusual(key)).toEqual(["silent 1 soon"]);
  await called(key, later(now, 7 * HOUR_MS), [{}]);
  await watchAllKeys(later(now, 8 * HOUR_MS));
  expect(await unusual(key)).toEqual([]);
});

test("calls with a secret that a rotation has ended are named, from the hour after", async () => {
  const owner = await givenOwner();
  const key = await givenSettled(owner);
  const rotation = { keyId: key.keyId, currentSecretId: key.secretId };
  mustWork(
    await rotateKey(owner, { ...rotation, grace: { kind: "immediately" } }, later(now, MINUTE_MS)),
  );
  const refused = { status: 401, code: "expired_api_key", authenticated: false };
  await called(key, later(now, 2 * MINUTE_MS), [refused]);
  await watchAllKeys(later(now, 3 * MINUTE_MS));
  expect(await unusual(key)).toEqual([]);
  await called(key, later(now, HOUR_MS), times(12, refused));
  await watchAllKeys(later(now, HOUR_MS + MINUTE_MS));
  expect(await unusual(key)).toEqual(["retired_secret_called 2 soon"]);
});

test("of two processes one takes the look that is due", async () => {
  now = later(now, HOUR_MS);
  expect(await Promise.all([takeLook(now), takeLook(now)])).toEqual(
    expect.arrayContaining([true, false]),
  );
  expect(await takeLook(later(now, LOOK_MS / 2))).toBe(false);
  expect(await takeLook(later(now, LOOK_MS))).toBe(true);
});
