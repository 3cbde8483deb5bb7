import { expect, test } from "vitest";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { editKey } from "@/lib/access/api-keys/changes/edit-key";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { rotateKey } from "@/lib/access/api-keys/changes/rotate-key";
import { dismissFinding } from "@/lib/access/findings/changes/dismiss-finding";
import { judgeKey } from "@/lib/access/findings/judging/judge-key";
import type { FindingKind } from "@/lib/access/findings/kind/kinds";
import { gatherFacts } from "@/lib/access/findings/watching/gather-facts";
import { storeFindings } from "@/lib/access/findings/watching/store-findings";
import { watchAllKeys, watchKey } from "@/lib/access/findings/watching/watch-keys";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { aRequest } from "@/lib/testing/activity-records";
import { editInput, givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenOwner } from "@/lib/testing/fixtures";

const never = { expiry: { kind: "never" } } as const;
const longAgo = later(now, -40 * DAY_MS);

type Key = Awaited<ReturnType<typeof givenKey>>;

/** The findings of a workspace, such as "HubSpot sync: no_expiry 1 open". */
async function findingsOf({ workspaceId }: MemberActor): Promise<string[]> {
  const rows = await db().finding.findMany({
    where: { workspaceId },
    select: {
      kind: true,
      degree: true,
      closedAt: true,
      dismissedAt: true,
      key: { select: { name: true } },
    },
  });
  return rows
    .map(({ kind, degree, closedAt, dismissedAt, key }) => {
      const state = closedAt ? "closed" : dismissedAt ? "dismissed" : "open";
      return `${key.name}: ${kind} ${degree} ${state}`;
    })
    .sort();
}

/** The one finding of a kind in a workspace. */
async function findingOf({ workspaceId }: MemberActor, kind: FindingKind) {
  return await db().finding.findFirstOrThrow({ where: { workspaceId, kind } });
}

async function called(owner: MemberActor, key: Key, calls: Parameters<typeof aRequest>[0][]) {
  const { workspaceId } = owner;
  const { keyId, secretId } = key;
  await storeBatch(
    calls.map((call) => aRequest({ workspaceId, keyId, secretId, at: now, ...call })),
    [],
  );
}

test("what is found is opened once, updated, and closed when it is no longer so", async () => {
  const owner = await givenOwner();
  const key = await givenKey(owner, { ...never, name: "CRM" }, longAgo);
  await watchAllKeys(now);
  await watchAllKeys(now);
  expect(await findingsOf(owner)).toEqual(["CRM: never_used 2 open", "CRM: no_expiry 1 open"]);
  await watchAllKeys(later(now, 60 * DAY_MS));
  expect(await findingsOf(owner)).toEqual(["CRM: never_used 3 open", "CRM: no_expiry 1 open"]);
  await revokeKey(owner, { keyId: key.keyId, reason: "no_longer_needed", note: "" }, now);
  await watchKey({ workspaceId: owner.workspaceId, keyId: key.keyId }, now);
  expect(await findingsOf(owner)).toEqual(["CRM: never_used 3 closed", "CRM: no_expiry 1 closed"]);
});

test("a dismissed finding stays away until it is worse", async () => {
  const owner = await givenOwner();
  await givenKey(owner, { name: "CRM" }, later(now, -8 * DAY_MS));
  await watchAllKeys(now);
  const { id } = await findingOf(owner, "never_used");
  mustWork(await dismissFinding(owner, { findingId: id, reason: "intended", note: "" }, now));
  await watchAllKeys(later(now, DAY_MS));
  expect(await findingsOf(owner)).toEqual(["CRM: never_used 1 dismissed"]);
  await watchAllKeys(later(now, 25 * DAY_MS));
  expect(await findingsOf(owner)).toEqual(["CRM: never_used 2 open"]);
});

test("a judgement of a key that was changed meanwhile is not stored", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner, never, now);
  const facts = await gatherFacts([keyId], now);
  const days = { kind: "days", days: 90 } as const;
  mustWork(await editKey(owner, { ...(await editInput(keyId)), expiry: days }, now));
  const judged = facts.map((key) => ({ key, found: judgeKey(key, now) }));
  expect(judged.map(({ found }) => found.length)).toEqual([1]);
  await storeFindings(judged, now);
  expect(await findingsOf(owner)).toEqual([]);
});

test("calls tell which permissions a key needs, and where it calls from", async () => {
  const owner = await givenOwner();
  const key = await givenKey(owner, { name: "CRM" }, longAgo);
  const days = Array.from({ length: 12 }, (_, back) => later(now, -back * DAY_MS));
  await called(owner, key, [
    ...days.map((at) => ({ at, scopes: ["contacts:read"] })),
    { scopes: ["contacts:read"], address: "2001:db8::5" },
    { method: "PUT", scopes: ["contacts:write"], status: 403, code: "insufficient_scope" },
    { scopes: [], route: "/me" },
    { scopes: ["contacts:read"], address: "192.0.2.1", authenticated: false, status: 401 },
  ]);
  await watchAllKeys(now);
  expect(await findingsOf(owner)).toEqual([
    "CRM: unused_scopes 1 open",
    "CRM: works_from_anywhere 1 open",
  ]);
  expect((await findingOf(owner, "unused_scopes")).facts).toMatchObject({
    used: ["contacts:read"],
    unused: ["contacts:write"],
    calls: 13,
  });
  expect((await findingOf(owner, "works_from_anywhere")).facts).toEqual({
    days: 12,
    addresses: [
      { address: "203.0.113.7", calls: 14 },
      { address: "2001:db8::5", calls: 1 },
    ],
  });
});

test("an old secret in use, and a revoked key that is still called, by whom", async () => {
  const owner = await givenOwner();
  const rotating = await givenKey(owner, { name: "Rotating" }, later(now, -DAY_MS));
  const rotation = { keyId: rotating.keyId, currentSecretId: rotating.secretId };
  const rotatedAt = later(now, -3 * HOUR_MS);
  mustWork(await rotateKey(owner, { ...rotation, grace: { kind: "7d" } }, rotatedAt));
  await called(owner, rotating, [{ at: later(now, -MINUTE_MS) }]);
  const revoked = await givenKey(owner, { name: "Revoked" }, later(now, -DAY_MS));
  const reason = { reason: "compromised", note: "" } as const;
  mustWork(await revokeKey(owner, { keyId: revoked.keyId, ...reason }, rotatedAt));
  const refused = { authenticated: false, status: 401, code: "revoked_api_key" };
  await called(owner, revoked, [
    { ...refused, at: later(now, -HOUR_MS), address: "198.51.100.4", repeats: 11 },
  ]);
  await watchAllKeys(now);
  expect(await findingsOf(owner)).toEqual([
    "Revoked: ended_key_called 2 open",
    "Rotating: old_secret_in_use 1 open",
  ]);
  expect(await findingOf(owner, "ended_key_called")).toMatchObject({
    severity: "urgent",
    facts: { calls: 12, callers: [{ address: "198.51.100.4", calls: 12 }] },
  });
  expect((await findingOf(owner, "old_secret_in_use")).facts).toMatchObject({
    calls: 1,
    address: "203.0.113.7",
  });
  await watchAllKeys(later(now, 8 * DAY_MS));
  expect((await findingsOf(owner)).filter((finding) => finding.includes("called"))).toEqual([
    "Revoked: ended_key_called 2 closed",
  ]);
});

test("of two keys of one name the younger is named, until the other is gone", async () => {
  const owner = await givenOwner();
  const elder = await givenKey(owner, { name: "Shop" }, later(now, -DAY_MS));
  await givenKey(owner, { name: "shop" }, now);
  await givenKey(owner, { name: "Shop", environment: "test" }, now);
  await givenKey(await givenOwner(), { name: "Shop" }, now);
  await watchAllKeys(now);
  expect(await findingsOf(owner)).toEqual(["shop: same_name 1 open"]);
  await revokeKey(owner, { keyId: elder.keyId, reason: "no_longer_needed", note: "" }, now);
  await watchKey({ workspaceId: owner.workspaceId, keyId: elder.keyId }, now);
  expect(await findingsOf(owner)).toEqual(["shop: same_name 1 closed"]);
});
