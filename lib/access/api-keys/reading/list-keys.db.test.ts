import { expect, test } from "vitest";
import { freezeKey } from "@/lib/access/api-keys/changes/freeze-key";
import { pauseKey } from "@/lib/access/api-keys/changes/pause-key";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { rotateKey } from "@/lib/access/api-keys/changes/rotate-key";
import { listKeysQuery } from "@/lib/access/api-keys/key/schema";
import { KEY_STATUSES } from "@/lib/access/api-keys/key/status";
import { keysNeedingAttention } from "@/lib/access/api-keys/reading/keys-needing-attention";
import { listKeys } from "@/lib/access/api-keys/reading/list-keys";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

const in20Days = later(now, 20 * DAY_MS);

async function list(actor: MemberActor, query: Record<string, unknown> = {}, at = now) {
  return await listKeys(actor, listKeysQuery.parse(query), at);
}

async function names(actor: MemberActor, query: Record<string, unknown> = {}, at = now) {
  return (await list(actor, query, at)).keys.map(({ name }) => name);
}

/** One key in every state it can be in at `in20Days`, named after it. */
async function givenOneOfEach(owner: MemberActor): Promise<void> {
  const named = (name: string, days: 30 | 90) =>
    givenKey(owner, { name, expiry: { kind: "days", days } });
  await named("active", 90);
  await named("expiring", 30);
  await givenKey(owner, { name: "expired", expiry: { kind: "date", date: "2026-12-01" } });
  const paused = await named("paused", 90);
  await pauseKey(owner, { keyId: paused.keyId }, now);
  const frozen = await named("frozen", 90);
  await pauseKey(owner, { keyId: frozen.keyId }, now);
  await freezeKey(owner, { keyId: frozen.keyId }, now);
  const revoked = await named("revoked", 30);
  await revokeKey(owner, { keyId: revoked.keyId, reason: "compromised", note: "" }, now);
  const rotating = await named("rotating", 30);
  const { keyId, secretId } = rotating;
  const grace = { kind: "7d" } as const;
  await rotateKey(owner, { keyId, currentSecretId: secretId, grace }, in20Days);
}

test("each status filter finds exactly the keys that show that status", async () => {
  const owner = await givenOwner();
  await givenOneOfEach(owner);
  const all = await list(owner, {}, in20Days);
  expect(all.keys.every(({ name, status }) => name === status)).toBe(true);
  for (const status of KEY_STATUSES) {
    expect(await names(owner, { status }, in20Days)).toEqual([status]);
  }
  const inUse = await names(owner, { status: "in_use" }, in20Days);
  expect(inUse.sort()).toEqual(["active", "expiring", "frozen", "paused", "rotating"]);
  expect(all).toMatchObject({ matching: 7, total: 7, page: 1, pageCount: 1 });
});

test("a search finds names, descriptions, owners, last four characters and hints", async () => {
  const owner = await givenOwner();
  const colleague = await givenColleague(owner, "marketer");
  const hubspot = await givenKey(owner, { name: "HubSpot 100% sync" });
  await givenKey(owner, { name: "Shop", description: "orders_and receipts" });
  await givenKey(colleague, { name: "Metabase" });
  expect(await names(owner, { search: "hubspot" })).toEqual(["HubSpot 100% sync"]);
  expect(await names(owner, { search: "RECEIPTS" })).toEqual(["Shop"]);
  expect(await names(owner, { search: colleague.name })).toEqual(["Metabase"]);
  expect(await names(owner, { search: hubspot.hint })).toEqual(["HubSpot 100% sync"]);
  expect(await names(owner, { search: hubspot.hint.slice(-4) })).toEqual(["HubSpot 100% sync"]);
  expect(await names(owner, { search: "%" })).toEqual(["HubSpot 100% sync"]);
  expect(await names(owner, { search: "_" })).toEqual(["Shop"]);
  expect(await names(owner, { search: "\\" })).toEqual([]);
});

test("filters by environment and owner, and sorts by what it is told", async () => {
  const owner = await givenOwner();
  const colleague = await givenColleague(owner, "marketer");
  await givenKey(owner, { name: "B", environment: "test", expiry: { kind: "never" } });
  const last = later(now, MINUTE_MS);
  await givenKey(colleague, { name: "A" }, last);
  expect(await names(owner, { environment: "test" })).toEqual(["B"]);
  expect(await names(owner, { owner: colleague.memberId })).toEqual(["A"]);
  expect(await names(owner)).toEqual(["A", "B"]);
  expect(await names(owner, { sort: "name", direction: "desc" })).toEqual(["B", "A"]);
  expect(await names(owner, { sort: "expires", direction: "asc" })).toEqual(["A", "B"]);
  expect(await names(owner, { sort: "owner", direction: "asc" })).toEqual(["A", "B"]);
  await db().apiKey.updateMany({
    where: { workspaceId: owner.workspaceId, name: "A" },
    data: { revokedAt: last },
  });
  expect(await names(owner, { sort: "expires", direction: "asc" })).toEqual(["B", "A"]);
});

test("500 keys are paged without gap or repeat, and a page past the end is the last", async () => {
  const owner = await givenOwner();
  await db().apiKey.createMany({
    data: Array.from({ length: 500 }, (_, at) => ({
      id: `key_${owner.workspaceId}_${at}`,
      workspaceId: owner.workspaceId,
      ownerId: owner.memberId,
      name: `Key ${at}`,
      environment: "live" as const,
      scopes: ["contacts:read"],
      createdAt: now,
      creationToken: String(at),
    })),
  });
  const seen = new Set<string>();
  for (let page = 1; page <= 10; page += 1) {
    for (const { id } of (await list(owner, { page })).keys) seen.add(id);
  }
  expect(seen.size).toBe(500);
  expect(await list(owner, { page: 99 })).toMatchObject({ page: 10, pageCount: 10, total: 500 });
});

test("a member sees all keys of the workspace, may manage some, and none of another's", async () => {
  const owner = await givenOwner();
  const marketer = await givenColleague(owner, "marketer");
  const viewer = await givenColleague(owner, "viewer");
  await givenKey(owner, { name: "Owner's" });
  await givenKey(marketer, { name: "Marketer's" });
  const manageable = async (actor: MemberActor) =>
    (await list(actor, { sort: "name", direction: "asc" })).keys.map(({ canManage }) => canManage);
  expect(await manageable(owner)).toEqual([true, true]);
  expect(await manageable(marketer)).toEqual([true, false]);
  expect(await manageable(viewer)).toEqual([false, false]);
  expect(await list(await givenOwner())).toMatchObject({ keys: [], total: 0 });
});

test("attention goes to keys that expire soon, old secrets still in use, and owners who may not manage", async () => {
  const owner = await givenOwner();
  const marketer = await givenColleague(owner, "marketer");
  const soon = await givenKey(marketer, {
    name: "Soon",
    expiry: { kind: "date", date: "2026-11-29" },
  });
  const rotating = await givenKey(owner, { name: "Rotating" });
  const { keyId, secretId } = rotating;
  const grace = { kind: "1h" } as const;
  const rotatedAt = later(now, -10 * MINUTE_MS);
  await rotateKey(owner, { keyId, currentSecretId: secretId, grace }, rotatedAt);
  await givenKey(owner, { name: "Fine" });
  const about = async (actor: MemberActor) =>
    (await keysNeedingAttention(actor, now)).map(({ name, kind }) => `${name}: ${kind}`);
  const markOldSecretUsed = (lastUsedAt: Date) =>
    db().apiKeySecret.update({ where: { id: secretId }, data: { lastUsedAt } });
  await markOldSecretUsed(later(rotatedAt, -MINUTE_MS));
  expect(await about(owner)).toEqual(["Soon: expiring"]);
  await markOldSecretUsed(later(rotatedAt, MINUTE_MS));
  expect(await about(owner)).toEqual(["Rotating: old_secret_in_use", "Soon: expiring"]);
  expect(await about(marketer)).toEqual(["Soon: expiring"]);
  await db().member.update({ where: { id: marketer.memberId }, data: { role: "viewer" } });
  expect(await about(owner)).toEqual([
    "Rotating: old_secret_in_use",
    "Soon: expiring",
    "Soon: owner_cannot_manage",
  ]);
  await pauseKey(owner, { keyId: soon.keyId }, now);
  expect(await about(owner)).toEqual(["Rotating: old_secret_in_use"]);
  expect(await about(await givenOwner())).toEqual([]);
});
