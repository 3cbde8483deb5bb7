import { beforeEach, expect, test } from "vitest";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { rotateKey } from "@/lib/access/api-keys/changes/rotate-key";
import { beginningOf } from "@/lib/access/api-keys/key/secret";
import { dismissFinding } from "@/lib/access/findings/changes/dismiss-finding";
import { readFacts } from "@/lib/access/findings/kind/facts";
import { forgetOldUnknownCalls } from "@/lib/access/findings/unknown-secrets/forget-unknown-calls";
import { storeUnknownCalls } from "@/lib/access/findings/unknown-secrets/store-unknown-calls";
import type { UnknownHour } from "@/lib/access/findings/unknown-secrets/unknown-calls";
import { lookAtCalls } from "@/lib/access/findings/watching/look-at-calls";
import { watchAllKeys } from "@/lib/access/findings/watching/watch-keys";
import { hasUnreadNotices } from "@/lib/access/notices/read-notices";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { aRequest } from "@/lib/testing/activity-records";
import { givenKey, TEST_NOON } from "@/lib/testing/api-keys";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenOwner } from "@/lib/testing/fixtures";

/** Each test is an hour later than the one before, so that its look is due, and has a network of its own. */
let now = TEST_NOON;
let network = 0;
let owner: MemberActor;

beforeEach(async () => {
  now = later(now, HOUR_MS);
  network += 1;
  owner = await givenOwner();
});

type Key = { keyId: string; secretId: string; secret: string };

const address = (host = 7) => `10.20.${network}.${host}`;

/** A key that was called from these addresses of the test's network on these days before today. */
async function givenCalled(
  by: MemberActor,
  { hosts = [7], days = [1, 2, 3] }: { hosts?: number[]; days?: number[] } = {},
): Promise<Key> {
  const key = await givenKey(by, { name: "CRM" }, later(now, -59 * DAY_MS));
  const calls = days.flatMap((back) =>
    hosts.map((host) =>
      aRequest({
        workspaceId: by.workspaceId,
        keyId: key.keyId,
        secretId: key.secretId,
        at: later(now, -back * DAY_MS),
        address: address(host),
      }),
    ),
  );
  await storeBatch(calls, []);
  return key;
}

function hour(name: string, calls: number, secrets: number): UnknownHour {
  return { name, hour: now, calls, secrets, lastAt: later(now, MINUTE_MS) };
}

async function sent(...addresses: UnknownHour[]): Promise<void> {
  await storeUnknownCalls({ addresses, beginnings: [] }, now);
}

async function guessed(...beginnings: UnknownHour[]): Promise<void> {
  await storeUnknownCalls({ addresses: [], beginnings }, now);
}

const rowsOf = async ({ workspaceId }: MemberActor) =>
  await db().unknownSecretHour.findMany({
    where: { workspaceId },
    orderBy: [{ caller: "asc" }],
  });

/** The findings about unknown secrets in a workspace, such as "unknown_secrets 1 open". */
async function findingsOf({ workspaceId }: MemberActor): Promise<string[]> {
  const kinds = { in: ["unknown_secrets", "key_guessed"] };
  const rows = await db().finding.findMany({ where: { workspaceId, kind: kinds } });
  return rows
    .map(({ kind, degree, closedAt, dismissedAt }) => {
      const state = closedAt ? "closed" : dismissedAt ? "dismissed" : "open";
      return `${kind} ${degree} ${state}`;
    })
    .sort();
}

test("what a known caller sends is found by the next look and told at once; of strangers nothing is kept", async () => {
  const key = await givenCalled(owner);
  await sent(hour(address(), 40, 12), hour(address(8), 500, 100), hour("192.0.2.250", 500, 100));
  expect(await rowsOf(owner)).toMatchObject([{ keyId: key.keyId, caller: address(), calls: 40 }]);
  expect(await db().unknownSecretHour.count({ where: { caller: "192.0.2.250" } })).toBe(0);
  await lookAtCalls(later(now, 2 * MINUTE_MS));
  expect(await findingsOf(owner)).toEqual(["unknown_secrets 1 open"]);
  expect(await hasUnreadNotices(owner)).toBe(true);
  const { workspaceId } = owner;
  const about = { workspaceId, kind: "unknown_secrets" };
  const stored = await db().finding.findFirstOrThrow({ where: about });
  expect(readFacts("unknown_secrets", stored.facts)?.facts).toEqual({
    from: now,
    to: later(now, MINUTE_MS),
    calls: 40,
    secrets: 12,
    address: address(),
  });
});

test("further calls add up in one row and one finding, which gets worse and then comes back", async () => {
  await givenCalled(owner);
  await sent(hour(address(), 40, 3));
  await sent(hour(address(), 2, 4));
  expect(await rowsOf(owner)).toMatchObject([{ calls: 42, secrets: 4 }]);
  await watchAllKeys(later(now, 2 * MINUTE_MS));
  const finding = await db().finding.findFirstOrThrow({
    where: { workspaceId: owner.workspaceId, kind: "unknown_secrets" },
  });
  const dismissal = { findingId: finding.id, reason: "handled", note: "" } as const;
  mustWork(await dismissFinding(owner, dismissal, later(now, 3 * MINUTE_MS)));
  await watchAllKeys(later(now, 4 * MINUTE_MS));
  expect(await findingsOf(owner)).toEqual(["unknown_secrets 1 dismissed"]);
  await sent(hour(address(), 60, 30));
  await watchAllKeys(later(now, 5 * MINUTE_MS));
  expect(await findingsOf(owner)).toEqual(["unknown_secrets 2 open"]);
});

test("it closes after a week, and its counts go", async () => {
  await givenCalled(owner);
  await sent(hour(address(), 40, 3));
  await watchAllKeys(later(now, 2 * MINUTE_MS));
  await watchAllKeys(later(now, 6 * DAY_MS));
  expect(await findingsOf(owner)).toEqual(["unknown_secrets 1 open"]);
  await forgetOldUnknownCalls(later(now, 6 * DAY_MS));
  expect(await rowsOf(owner)).toHaveLength(1);
  const weekOn = later(now, 7 * DAY_MS + 2 * MINUTE_MS);
  await watchAllKeys(weekOn);
  expect(await findingsOf(owner)).toEqual(["unknown_secrets 1 closed"]);
  await forgetOldUnknownCalls(weekOn);
  expect(await rowsOf(owner)).toEqual([]);
});

test.each<[string, Parameters<typeof givenCalled>[1]]>([
  ["called once", { days: [1] }],
  ["called today and once before", { days: [0, 1] }],
  ["called two months ago", { days: [61, 62] }],
  ["is one of more than five", { hosts: [7, 8, 9, 10, 11, 12] }],
])("a caller that %s is not known", async (_, called) => {
  await givenCalled(owner, called ?? {});
  await sent(hour(address(), 40, 12));
  expect(await rowsOf(owner)).toEqual([]);
});

test("nothing is told of a network from which another workspace is called as well", async () => {
  const other = await givenOwner();
  await givenCalled(owner, { hosts: [7] });
  await givenCalled(other, { hosts: [99], days: [3] });
  await sent(hour(address(7), 40, 12), hour(address(99), 40, 12));
  expect(await rowsOf(owner)).toEqual([]);
  expect(await rowsOf(other)).toEqual([]);
});

test("a workspace is told about its own callers and keys alone", async () => {
  const other = await givenOwner();
  await givenCalled(owner);
  network += 1;
  const theirs = await givenCalled(other);
  await sent(hour(address(), 40, 12));
  await guessed(hour(beginningOf(theirs.secret), 30, 30));
  await lookAtCalls(later(now, 2 * MINUTE_MS));
  expect(await findingsOf(owner)).toEqual([]);
  expect(await findingsOf(other)).toEqual(["key_guessed 1 open", "unknown_secrets 1 open"]);
});

test("of several keys that one server calls with, the one in use that it calls with most is named", async () => {
  await givenCalled(owner, { days: [1, 2] });
  const most = await givenCalled(owner, { days: [1, 2, 3, 4, 5] });
  const revoked = await givenCalled(owner, { days: [1, 2, 3, 4, 5, 6] });
  const { keyId } = revoked;
  mustWork(await revokeKey(owner, { keyId, reason: "no_longer_needed", note: "" }, now));
  await sent(hour(address(), 40, 12));
  expect(await rowsOf(owner)).toMatchObject([{ keyId: most.keyId }]);
});

test("a crowded network is nobody's", async () => {
  const { keyId, secretId } = await givenCalled(owner);
  const { workspaceId } = owner;
  const calledBy = async (programs: number) =>
    await storeBatch(
      Array.from({ length: programs }, (_, n) =>
        aRequest({ workspaceId, keyId, secretId, at: now, address: address(), userAgent: `p${n}` }),
      ),
      [],
    );
  await calledBy(49);
  await sent(hour(address(), 40, 12));
  expect(await rowsOf(owner)).toMatchObject([{ calls: 40 }]);
  await calledBy(50);
  await sent(hour(address(), 40, 12));
  expect(await rowsOf(owner)).toMatchObject([{ calls: 40 }]);
});

test("who guesses at a key from its beginning is named, whoever it is, until the secret is replaced", async () => {
  const key = await givenCalled(owner);
  const beginning = beginningOf(key.secret);
  await guessed(hour(beginning, 30, 30), hour("live_0000", 30, 30));
  await guessed(hour(beginning.replace("live", "test"), 90, 90));
  expect(await rowsOf(owner)).toMatchObject([{ keyId: key.keyId, caller: "", secrets: 30 }]);
  await lookAtCalls(later(now, 2 * MINUTE_MS));
  expect(await findingsOf(owner)).toEqual(["key_guessed 1 open"]);
  const rotation = { keyId: key.keyId, currentSecretId: key.secretId };
  const at = later(now, 3 * MINUTE_MS);
  mustWork(await rotateKey(owner, { ...rotation, grace: { kind: "immediately" } }, at));
  await watchAllKeys(later(now, 4 * MINUTE_MS));
  expect(await findingsOf(owner)).toEqual(["key_guessed 1 closed"]);
  now = later(now, 5 * MINUTE_MS);
  await guessed(hour(beginning, 30, 30));
  expect(await rowsOf(owner)).toHaveLength(1);
});
