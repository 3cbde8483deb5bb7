import { expect, test } from "vitest";
import { pauseKey, resumeKey } from "@/lib/access/api-keys/changes/pause-key";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { HOUR_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { auditOf, givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { givenOwner } from "@/lib/testing/fixtures";

test("a paused key is resumed, and both are audited", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner);
  const pausedAt = later(now, HOUR_MS);
  expect(await pauseKey(owner, { keyId }, pausedAt)).toEqual({ ok: true, value: { pausedAt } });
  const resumedAt = later(pausedAt, HOUR_MS);
  expect((await resumeKey(owner, { keyId }, resumedAt)).ok).toBe(true);
  expect((await db().apiKey.findUniqueOrThrow({ where: { id: keyId } })).pausedAt).toBeNull();
  const [paused] = await auditOf(keyId, "key.paused");
  const [resumed] = await auditOf(keyId, "key.resumed");
  const at = pausedAt.toISOString();
  expect(paused).toMatchObject({
    action: "key.paused",
    changes: { pausedAt: { from: null, to: at } },
  });
  expect(resumed).toMatchObject({
    action: "key.resumed",
    changes: { pausedAt: { from: at, to: null } },
  });
});

test("of two people who pause a key at once, the second is told", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner);
  const pause = () => pauseKey(owner, { keyId }, now);
  const results = await Promise.all([pause(), pause()]);
  expect(results.map((result) => (result.ok ? "paused" : result.code)).sort()).toEqual([
    "changed_meanwhile",
    "paused",
  ]);
  const resume = () => resumeKey(owner, { keyId }, now);
  await resume();
  expect(await resume()).toMatchObject({ code: "changed_meanwhile" });
});

test("a revoked key is neither paused nor resumed", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner);
  await revokeKey(owner, { keyId, reason: "no_longer_needed", note: "" }, now);
  expect(await pauseKey(owner, { keyId }, now)).toMatchObject({ code: "revoked" });
  expect(await resumeKey(owner, { keyId }, now)).toMatchObject({ code: "revoked" });
});
