import { expect, test } from "vitest";
import { pauseKey } from "@/lib/access/api-keys/changes/pause-key";
import { rotateKey } from "@/lib/access/api-keys/changes/rotate-key";
import { getKey } from "@/lib/access/api-keys/reading/get-key";
import { keyHistory } from "@/lib/access/audit-log/key-history";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { currentSecretId, givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

async function details(actor: MemberActor, id: string, at = now) {
  const key = await getKey(actor, { id }, at);
  if (!key.ok) throw new Error(key.message);
  return key.value;
}

test("a key's secrets stand current first, then retiring, then retired, without their hashes", async () => {
  const owner = await givenOwner();
  const { keyId, secretId: first } = await givenKey(owner, { expiry: { kind: "never" } });
  const grace = { kind: "7d" } as const;
  await rotateKey(owner, { keyId, currentSecretId: first, grace }, now);
  const second = await currentSecretId(keyId);
  const at = later(now, DAY_MS);
  await rotateKey(owner, { keyId, currentSecretId: second, grace }, at);
  const key = await details(owner, keyId, later(at, HOUR_MS));
  expect(key.status).toBe("rotating");
  expect(key.retiringUntil).toEqual(later(at, 7 * DAY_MS));
  expect(key.secrets.map(({ id, state }) => [id, state])).toEqual([
    [await currentSecretId(keyId), "current"],
    [second, "retiring"],
    [first, "retired"],
  ]);
  expect(key.hint).toBe(key.secrets[0]?.hint);
  expect(key.secrets.map(({ extendableUntil }) => extendableUntil)).toEqual([
    null,
    later(at, 30 * DAY_MS + HOUR_MS),
    null,
  ]);
  expect(JSON.stringify(key)).not.toMatch(/[0-9a-f]{64}/);
});

test("where a secret was used is shown to those who may see the key's activity", async () => {
  const owner = await givenOwner();
  const marketer = await givenColleague(owner, "marketer");
  const viewer = await givenColleague(owner, "viewer");
  const { keyId, secretId } = await givenKey(owner);
  const lastUsed = { lastUsedAt: now, lastUsedAddress: "203.0.113.7", lastUsedAgent: "HubSpot/3" };
  await db().apiKeySecret.update({ where: { id: secretId }, data: lastUsed });
  for (const actor of [owner, viewer]) {
    expect((await details(actor, keyId)).secrets[0]).toMatchObject(lastUsed);
  }
  const seen = await details(marketer, keyId);
  expect(seen.secrets[0]).toMatchObject({ lastUsedAddress: null, lastUsedAgent: null });
  expect(seen).toMatchObject({ canManage: false, canSeeActivity: false, canSetRateLimit: false });
});

test("rights go with role and ownership", async () => {
  const owner = await givenOwner();
  const admin = await givenColleague(owner, "admin");
  const marketer = await givenColleague(owner, "marketer");
  const viewer = await givenColleague(owner, "viewer");
  const { keyId } = await givenKey(marketer);
  const rights = async (actor: MemberActor) => {
    const { canManage, canSeeActivity, canSetRateLimit } = await details(actor, keyId);
    return { canManage, canSeeActivity, canSetRateLimit };
  };
  const all = { canManage: true, canSeeActivity: true, canSetRateLimit: true };
  expect(await rights(admin)).toEqual(all);
  expect(await rights(owner)).toEqual(all);
  expect(await rights(marketer)).toEqual({ ...all, canSetRateLimit: false });
  expect(await rights(viewer)).toEqual({ ...all, canManage: false, canSetRateLimit: false });
});

test("an unknown key and another workspace's key look the same", async () => {
  const { keyId } = await givenKey(await givenOwner());
  const stranger = await givenOwner();
  const foreign = await getKey(stranger, { id: keyId }, now);
  const unknown = await getKey(stranger, { id: "key_none" }, now);
  expect(foreign).toEqual(unknown);
  expect(foreign).toMatchObject({ ok: false, code: "not_found" });
  expect(await keyHistory(stranger, { keyId, limit: 10 })).toEqual([]);
});

test("the history tells the latest changes first", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner);
  await pauseKey(owner, { keyId }, later(now, HOUR_MS));
  const history = await keyHistory(owner, { keyId, limit: 10 });
  expect(history.map(({ action }) => action)).toEqual(["key.paused", "key.created"]);
  expect(await keyHistory(owner, { keyId, limit: 1 })).toHaveLength(1);
});
