import { expect, test } from "vitest";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { handOverKeys, keysOwnedBy } from "@/lib/access/member-removal/hand-over-keys";
import { removalFacts } from "@/lib/access/member-removal/removal-facts";
import { removeMember } from "@/lib/access/member-removal/remove-member";
import type { MemberActor } from "@/lib/people/auth/actor";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { auditOf, givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { planted } from "@/lib/testing/audit-givens";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

async function handOver(actor: MemberActor, from: MemberActor, to: MemberActor) {
  const members = { fromMemberId: from.memberId, toMemberId: to.memberId };
  return await transact((tx) => handOverKeys(tx, actor, members, now));
}

test("all of a member's keys, also revoked ones, go to an admin, each with its audit event", async () => {
  const owner = await givenOwner();
  const admin = await givenColleague(owner, "admin");
  const marketer = await givenColleague(owner, "marketer");
  const kept = await givenKey(owner);
  const working = await givenKey(marketer, { name: "Working" });
  const revoked = await givenKey(marketer, { name: "Revoked" });
  await revokeKey(owner, { keyId: revoked.keyId, reason: "compromised", note: "" }, now);
  expect(await keysOwnedBy(owner, { memberId: marketer.memberId }, now)).toEqual({
    keys: [{ id: working.keyId, name: "Working", status: "active" }],
    keyCount: 1,
    stoppedCount: 1,
  });
  expect(await handOver(owner, marketer, admin)).toEqual({ ok: true, value: { count: 2 } });
  const owners = await db().apiKey.findMany({
    where: { workspaceId: owner.workspaceId },
    select: { id: true, ownerId: true },
  });
  expect(new Map(owners.map(({ id, ownerId }) => [id, ownerId]))).toEqual(
    new Map([
      [kept.keyId, owner.memberId],
      [working.keyId, admin.memberId],
      [revoked.keyId, admin.memberId],
    ]),
  );
  const changed = await auditOf(working.keyId, "key.owner_changed");
  expect(changed).toHaveLength(1);
  expect(changed[0]?.changes).toEqual({ owner: { from: marketer.name, to: admin.name } });
});

test("a decoy is no key that somebody leaves: nobody is asked, and it goes to an owner", async () => {
  const owner = await givenOwner();
  const leaving = await givenColleague(owner, "admin");
  const { memberId } = leaving;
  const { decoyId } = await planted(leaving);
  expect(await removalFacts(owner, { memberId }, now)).toMatchObject({
    value: { keys: [], keyCount: 0, stoppedCount: 0 },
  });
  expect(await removeMember(owner, { memberId, heirId: null }, now)).toEqual({
    ok: true,
    value: { keysHandedOver: 0 },
  });
  const decoy = await db().apiKey.findUniqueOrThrow({ where: { id: decoyId } });
  expect(decoy).toMatchObject({ ownerId: owner.memberId, revision: 2, revokedAt: null });
  expect(await auditOf(decoyId, "key.owner_changed")).toEqual([]);
});

test("an heir gets the keys beside a decoy, and they alone are counted and on record", async () => {
  const owner = await givenOwner();
  const heir = await givenColleague(owner, "admin");
  const leaving = await givenColleague(owner, "admin");
  const { keyId } = await givenKey(leaving);
  const { decoyId } = await planted(leaving);
  const { memberId } = leaving;
  expect(await keysOwnedBy(owner, { memberId }, now)).toMatchObject({
    keys: [{ id: keyId }],
    keyCount: 1,
    stoppedCount: 0,
  });
  expect(await removeMember(owner, { memberId, heirId: heir.memberId }, now)).toEqual({
    ok: true,
    value: { keysHandedOver: 1 },
  });
  const key = await db().apiKey.findUniqueOrThrow({ where: { id: keyId } });
  expect(key.ownerId).toBe(heir.memberId);
  expect(await auditOf(decoyId, "key.owner_changed")).toEqual([]);
});

test("keys go to nobody who may not manage all of this workspace's keys", async () => {
  const owner = await givenOwner();
  const admin = await givenColleague(owner, "admin");
  const marketer = await givenColleague(owner, "marketer");
  const viewer = await givenColleague(owner, "viewer");
  const { keyId } = await givenKey(marketer);
  for (const heir of [
    viewer,
    marketer,
    await givenColleague(owner, "marketer"),
    await givenOwner(),
  ]) {
    expect(await handOver(owner, marketer, heir)).toMatchObject({ code: "not_found" });
  }
  for (const actor of [marketer, viewer]) {
    expect(await handOver(actor, marketer, admin)).toMatchObject({ code: "not_found" });
  }
  const key = await db().apiKey.findUniqueOrThrow({ where: { id: keyId } });
  expect(key).toMatchObject({ ownerId: marketer.memberId, revision: 1 });
});

test("an admin of another workspace hands over nothing", async () => {
  const owner = await givenOwner();
  const marketer = await givenColleague(owner, "marketer");
  const { keyId } = await givenKey(marketer);
  const stranger = await givenOwner();
  const helper = await givenColleague(stranger, "admin");
  expect(await handOver(stranger, marketer, helper)).toEqual({ ok: true, value: { count: 0 } });
  expect((await db().apiKey.findUniqueOrThrow({ where: { id: keyId } })).ownerId).toBe(
    marketer.memberId,
  );
  expect(await keysOwnedBy(stranger, { memberId: marketer.memberId }, now)).toEqual({
    keys: [],
    keyCount: 0,
    stoppedCount: 0,
  });
});
