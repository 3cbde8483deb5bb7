import { expect, test } from "vitest";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { rotateKey } from "@/lib/access/api-keys/changes/rotate-key";
import type { Grace } from "@/lib/access/api-keys/key/schema";
import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import {
  actionsOn,
  auditOf,
  currentSecretId,
  givenKey,
  TEST_NOON as now,
} from "@/lib/testing/api-keys";
import { givenOwner } from "@/lib/testing/fixtures";

const inADay: Grace = { kind: "24h" };

async function secretsOf(keyId: string) {
  return await db().apiKeySecret.findMany({ where: { keyId }, orderBy: { id: "asc" } });
}

async function retirementOf(secretId: string) {
  return (await db().apiKeySecret.findUniqueOrThrow({ where: { id: secretId } })).retiresAt;
}

test("a rotation gives the same key a new secret, and the old one its grace", async () => {
  const owner = await givenOwner();
  const key = await givenKey(owner);
  const input = { keyId: key.keyId, currentSecretId: key.secretId, grace: inADay };
  const result = await rotateKey(owner, input, now);
  if (!result.ok) throw new Error(result.message);
  expect(result.value.keyId).toBe(key.keyId);
  expect(result.value.secret).not.toBe(key.secret);
  expect(await retirementOf(key.secretId)).toEqual(later(now, DAY_MS));
  expect(await currentSecretId(key.keyId)).not.toBe(key.secretId);
  const after = await db().apiKey.findUniqueOrThrow({ where: { id: key.keyId } });
  expect(after).toMatchObject({ name: key.name, scopes: ["contacts:read", "contacts:write"] });
});

test("rotating at once leaves the old secret no time", async () => {
  const owner = await givenOwner();
  const { keyId, secretId } = await givenKey(owner);
  const grace: Grace = { kind: "immediately" };
  await rotateKey(owner, { keyId, currentSecretId: secretId, grace }, now);
  expect(await retirementOf(secretId)).toEqual(now);
});

test("of twenty people who press Rotate at once, one wins and the others are told", async () => {
  const owner = await givenOwner();
  const { keyId, secretId } = await givenKey(owner);
  const input = { keyId, currentSecretId: secretId, grace: inADay };
  const results = await Promise.all(Array.from({ length: 20 }, () => rotateKey(owner, input, now)));
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  const codes = results.flatMap((result) => (result.ok ? [] : [result.code]));
  expect(codes).toEqual(Array(19).fill("rotated_meanwhile"));
  expect(await secretsOf(keyId)).toHaveLength(2);
  expect(await actionsOn(keyId)).toEqual(["key.created", "key.rotated"]);
});

test("rotating a rotating key retires the current secret and ends the older one at once", async () => {
  const owner = await givenOwner();
  const { keyId, secretId: first } = await givenKey(owner);
  await rotateKey(owner, { keyId, currentSecretId: first, grace: { kind: "7d" } }, now);
  const second = await currentSecretId(keyId);
  const anHourOn = later(now, HOUR_MS);
  const again = await rotateKey(owner, { keyId, currentSecretId: second, grace: inADay }, anHourOn);
  expect(again.ok).toBe(true);
  expect(await retirementOf(first)).toEqual(anHourOn);
  expect(await retirementOf(second)).toEqual(later(anHourOn, DAY_MS));
  const rotation = (await auditOf(keyId, "key.rotated")).at(-1);
  expect(rotation?.changes).toMatchObject({
    endedSecret: { from: expect.stringMatching(/^pstn_live_…....$/), to: null },
  });
});

test("a rotation never extends the old secret's life, while the policy starts anew", async () => {
  const owner = await givenOwner();
  const { keyId, secretId } = await givenKey(owner, { expiry: { kind: "days", days: 30 } });
  const oldExpiry = later(now, 30 * DAY_MS);
  const fiveMinutesBefore = later(oldExpiry, -5 * 60_000);
  const input = { keyId, currentSecretId: secretId, grace: { kind: "7d" } } as const;
  expect((await rotateKey(owner, input, fiveMinutesBefore)).ok).toBe(true);
  expect(await retirementOf(secretId)).toEqual(oldExpiry);
  const key = await db().apiKey.findUniqueOrThrow({ where: { id: keyId } });
  expect(key).toMatchObject({ expiryDays: 30, expiresAt: later(fiveMinutesBefore, 30 * DAY_MS) });
});

test("a fixed date stays, and an expired key with one is not rotated", async () => {
  const owner = await givenOwner();
  const expiry = { kind: "date", date: "2026-12-01" } as const;
  const { keyId, secretId } = await givenKey(owner, { expiry });
  const input = { keyId, currentSecretId: secretId, grace: inADay };
  const late = await rotateKey(owner, input, new Date("2026-12-02T00:00:00Z"));
  expect(late).toMatchObject({ code: "expired" });
  expect((await rotateKey(owner, input, now)).ok).toBe(true);
  const key = await db().apiKey.findUniqueOrThrow({ where: { id: keyId } });
  expect(key.expiresAt).toEqual(new Date("2026-12-01T23:59:59.999Z"));
});

test("an expired key with a policy in days works again with a new secret, not with the old one", async () => {
  const owner = await givenOwner();
  const { keyId, secretId } = await givenKey(owner, { expiry: { kind: "days", days: 30 } });
  const at = later(now, 31 * DAY_MS);
  const input = { keyId, currentSecretId: secretId, grace: inADay };
  expect((await rotateKey(owner, input, at)).ok).toBe(true);
  expect(await retirementOf(secretId)).toEqual(later(now, 30 * DAY_MS));
});

test.each([
  ["over", later(now, -1), false],
  ["now", now, false],
  ["in a minute", later(now, 60_000), true],
  ["in 30 days", later(now, 30 * DAY_MS), true],
  ["in more than 30 days", later(now, 30 * DAY_MS + 1), false],
])("a chosen end that is %s", async (_, until, taken) => {
  const owner = await givenOwner();
  const { keyId, secretId } = await givenKey(owner, { expiry: { kind: "never" } });
  const grace = { kind: "custom", until } as const;
  const result = await rotateKey(owner, { keyId, currentSecretId: secretId, grace }, now);
  expect(result.ok).toBe(taken);
  if (!result.ok) expect(result.fieldErrors).toHaveProperty(["grace.until"]);
  expect(await secretsOf(keyId)).toHaveLength(taken ? 2 : 1);
});

test("a revoke that races a rotation leaves a revoked key, and no rotation after it", async () => {
  const owner = await givenOwner();
  const keys = await Promise.all(Array.from({ length: 10 }, () => givenKey(owner)));
  await Promise.all(
    keys.map(async ({ keyId, secretId }) => {
      const input = { keyId, currentSecretId: secretId, grace: inADay };
      const [rotated, revoked] = await Promise.all([
        rotateKey(owner, input, now),
        revokeKey(owner, { keyId, reason: "compromised", note: "" }, now),
      ]);
      expect(revoked.ok).toBe(true);
      if (!rotated.ok) expect(rotated.code).toBe("revoked");
      const actions = await actionsOn(keyId);
      expect(actions).toEqual(
        rotated.ok ? ["key.created", "key.revoked", "key.rotated"] : ["key.created", "key.revoked"],
      );
      const after = await rotateKey(
        owner,
        { ...input, currentSecretId: await currentSecretId(keyId) },
        now,
      );
      expect(after).toMatchObject({ code: "revoked" });
    }),
  );
});

test("the audit event of a rotation says which secret follows which, and until when", async () => {
  const owner = await givenOwner();
  const key = await givenKey(owner, { expiry: { kind: "days", days: 30 } });
  const at = later(now, DAY_MS);
  const input = { keyId: key.keyId, currentSecretId: key.secretId, grace: inADay };
  const rotated = await rotateKey(owner, input, at);
  if (!rotated.ok) throw new Error(rotated.message);
  expect((await auditOf(key.keyId, "key.rotated"))[0]).toMatchObject({
    action: "key.rotated",
    at,
    changes: {
      secret: { from: key.hint, to: rotated.value.hint },
      oldSecretEndsAt: { from: null, to: later(at, DAY_MS).toISOString() },
      expiresAt: {
        from: later(now, 30 * DAY_MS).toISOString(),
        to: later(at, 30 * DAY_MS).toISOString(),
      },
    },
  });
});
