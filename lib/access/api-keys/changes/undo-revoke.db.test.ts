import { expect, test } from "vitest";
import { pauseKey } from "@/lib/access/api-keys/changes/pause-key";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { undoRevoke } from "@/lib/access/api-keys/changes/undo-revoke";
import { getKey } from "@/lib/access/api-keys/reading/get-key";
import { verify } from "@/lib/access/api-keys/verification/verify";
import { DAY_MS, later } from "@/lib/platform/clock";
import { auditOf, givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

const NOT_NEEDED = { reason: "no_longer_needed", note: "" } as const;
const IN_A_WEEK = later(now, 7 * DAY_MS);

async function outcomeOf(secret: string): Promise<string> {
  const asked = { scope: null, address: "203.0.113.9" };
  return (await verify({ kind: "secret", secret }, asked, now)).outcome;
}

test("an undone revoke lets the same secret in from the next call on, and is on record", async () => {
  const owner = await givenOwner();
  const { keyId, secret } = await givenKey(owner);
  mustWork(await revokeKey(owner, { keyId, ...NOT_NEEDED }, now));
  expect(await outcomeOf(secret)).toBe("revoked");
  expect(await undoRevoke(owner, { keyId }, now)).toEqual({ ok: true, value: null });
  expect(await outcomeOf(secret)).toBe("valid");
  const key = await getKey(owner, { id: keyId }, now);
  expect(key.ok && key.value).toMatchObject({
    status: "active",
    revokedAt: null,
    revokeReason: null,
    revokeNote: null,
  });
  expect(await auditOf(keyId, "key.revoke_undone")).toMatchObject([
    { changes: { revokedAt: { from: now.toISOString(), to: null } } },
  ]);
});

test("a key that was paused before its revoke is paused after it", async () => {
  const owner = await givenOwner();
  const { keyId, secret } = await givenKey(owner);
  mustWork(await pauseKey(owner, { keyId }, now));
  mustWork(await revokeKey(owner, { keyId, ...NOT_NEEDED }, now));
  mustWork(await undoRevoke(owner, { keyId }, now));
  expect(await outcomeOf(secret)).toBe("paused");
});

test("a key that leaked stays revoked", async () => {
  const owner = await givenOwner();
  const { keyId, secret } = await givenKey(owner);
  mustWork(await revokeKey(owner, { keyId, reason: "compromised", note: "" }, now));
  expect(await undoRevoke(owner, { keyId }, now)).toMatchObject({ code: "leaked" });
  expect(await outcomeOf(secret)).toBe("revoked");
});

test("after a week it is too late, and of two who undo at once one does", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner);
  mustWork(await revokeKey(owner, { keyId, ...NOT_NEEDED }, now));
  expect(await undoRevoke(owner, { keyId }, IN_A_WEEK)).toMatchObject({ code: "too_late" });
  const both = await Promise.all([
    undoRevoke(owner, { keyId }, now),
    undoRevoke(owner, { keyId }, now),
  ]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both.find(({ ok }) => !ok)).toMatchObject({ code: "changed_meanwhile" });
  expect(await auditOf(keyId, "key.revoke_undone")).toHaveLength(1);
});

test("an admin can undo a revoke; a marketer can't, not even of their own key", async () => {
  const owner = await givenOwner();
  const [admin, marketer] = await Promise.all([
    givenColleague(owner, "admin"),
    givenColleague(owner, "marketer"),
  ]);
  const { keyId } = await givenKey(marketer);
  mustWork(await revokeKey(marketer, { keyId, ...NOT_NEEDED }, now));
  expect(await undoRevoke(marketer, { keyId }, now)).toMatchObject({ code: "not_found" });
  const seen = await getKey(marketer, { id: keyId }, now);
  expect(seen.ok && seen.value).toMatchObject({
    undoableUntil: IN_A_WEEK,
    canUndoRevoke: false,
  });
  mustWork(await undoRevoke(admin, { keyId }, now));
});

test("a key of another workspace looks like none", async () => {
  const [owner, stranger] = await Promise.all([givenOwner(), givenOwner()]);
  const { keyId } = await givenKey(owner);
  mustWork(await revokeKey(owner, { keyId, ...NOT_NEEDED }, now));
  expect(await undoRevoke(stranger, { keyId }, now)).toMatchObject({ code: "not_found" });
});
