import { expect, test } from "vitest";
import { endRotation, extendRotation } from "@/lib/access/api-keys/changes/end-and-extend-rotation";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { rotateKey } from "@/lib/access/api-keys/changes/rotate-key";
import type { CreateKeyInput } from "@/lib/access/api-keys/key/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { auditOf, givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { givenOwner } from "@/lib/testing/fixtures";

async function givenRotation(owner: MemberActor, values: Partial<CreateKeyInput> = {}) {
  const { keyId, secretId, hint } = await givenKey(owner, values);
  const input = { keyId, currentSecretId: secretId, grace: { kind: "24h" } } as const;
  const rotated = await rotateKey(owner, input, now);
  if (!rotated.ok) throw new Error(rotated.message);
  return { keyId, secretId, hint };
}

async function endOf(secretId: string) {
  return (await db().apiKeySecret.findUniqueOrThrow({ where: { id: secretId } })).retiresAt;
}

test("ending a rotation stops the old secret now, once", async () => {
  const owner = await givenOwner();
  const { keyId, secretId, hint } = await givenRotation(owner);
  const at = later(now, HOUR_MS);
  const results = await Promise.all([
    endRotation(owner, { keyId, secretId }, at),
    endRotation(owner, { keyId, secretId }, at),
  ]);
  expect(results.map((result) => (result.ok ? "ended" : result.code)).sort()).toEqual([
    "ended",
    "not_rotating",
  ]);
  expect(await endOf(secretId)).toEqual(at);
  expect((await auditOf(keyId, "key.rotation_ended"))[0]).toMatchObject({
    action: "key.rotation_ended",
    changes: {
      oldSecret: { from: hint, to: hint },
      oldSecretEndsAt: { from: later(now, DAY_MS).toISOString(), to: at.toISOString() },
    },
  });
});

test("extending gives the old secret more time, up to 30 days from now", async () => {
  const owner = await givenOwner();
  const { keyId, secretId } = await givenRotation(owner);
  const most = later(now, 30 * DAY_MS);
  const extend = (until: Date) => extendRotation(owner, { keyId, secretId, until }, now);
  expect(await extend(later(most, 1))).toMatchObject({ code: "validation_error" });
  expect(await extend(later(now, HOUR_MS))).toMatchObject({ code: "validation_error" });
  expect(await extend(later(now, 2 * DAY_MS))).toMatchObject({ ok: true });
  expect(await extend(most)).toMatchObject({ ok: true, value: { retiresAt: most } });
  expect(await endOf(secretId)).toEqual(most);
  expect(await auditOf(keyId, "key.rotation_extended")).toHaveLength(2);
});

test("extending never passes the expiry the old secret had, though the key's own was renewed", async () => {
  const owner = await givenOwner();
  const { keyId, secretId } = await givenKey(owner, { expiry: { kind: "days", days: 30 } });
  const at = later(now, 28 * DAY_MS);
  const input = { keyId, currentSecretId: secretId, grace: { kind: "1h" } } as const;
  await rotateKey(owner, input, at);
  const oldExpiry = later(now, 30 * DAY_MS);
  const extend = (until: Date) => extendRotation(owner, { keyId, secretId, until }, at);
  expect(await extend(later(oldExpiry, 1))).toMatchObject({ code: "validation_error" });
  expect(await extend(oldExpiry)).toMatchObject({ ok: true });
  expect(await endOf(secretId)).toEqual(oldExpiry);
});

test("a secret that has ended, is current, or is of another key is neither ended nor extended", async () => {
  const owner = await givenOwner();
  const rotating = await givenRotation(owner);
  const other = await givenKey(owner);
  const until = later(now, 20 * DAY_MS);
  const { keyId } = rotating;
  for (const secretId of [other.secretId, "sec_none"]) {
    const input = { keyId, secretId };
    expect(await endRotation(owner, input, now)).toMatchObject({ code: "not_rotating" });
    expect(await extendRotation(owner, { ...input, until }, now)).toMatchObject({
      code: "not_rotating",
    });
  }
  const current = { keyId: other.keyId, secretId: other.secretId };
  expect(await endRotation(owner, current, now)).toMatchObject({ code: "not_rotating" });
  const ended = { keyId, secretId: rotating.secretId, until };
  expect(await extendRotation(owner, ended, later(now, DAY_MS))).toMatchObject({
    code: "not_rotating",
  });
});

test("a revoked key's old secret gets no more time", async () => {
  const owner = await givenOwner();
  const { keyId, secretId } = await givenRotation(owner);
  await revokeKey(owner, { keyId, reason: "compromised", note: "" }, now);
  const until = later(now, 2 * DAY_MS);
  expect(await extendRotation(owner, { keyId, secretId, until }, now)).toMatchObject({
    code: "revoked",
  });
  expect(await endRotation(owner, { keyId, secretId }, now)).toMatchObject({ code: "revoked" });
});
