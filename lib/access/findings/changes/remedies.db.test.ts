import { expect, test } from "vitest";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { dismissFinding, restoreFinding } from "@/lib/access/findings/changes/dismiss-finding";
import { limitAddresses } from "@/lib/access/findings/changes/limit-addresses";
import { narrowScopes, undoNarrowing } from "@/lib/access/findings/changes/narrow-scopes";
import { setExpiry } from "@/lib/access/findings/changes/set-expiry";
import { setRotationDays } from "@/lib/access/findings/changes/set-rotation-days";
import { takeOverKey } from "@/lib/access/findings/changes/take-over-key";
import type { FindingKind } from "@/lib/access/findings/kind/kinds";
import {
  countPressing,
  getFinding,
  listFindings,
} from "@/lib/access/findings/reading/read-findings";
import { undoableNarrowing } from "@/lib/access/findings/reading/undoable-narrowing";
import { watchAllKeys } from "@/lib/access/findings/watching/watch-keys";
import { watched, watchedAll } from "@/lib/access/findings/watching/watched";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { aRequest } from "@/lib/testing/activity-records";
import { actionsOn, givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

const longAgo = later(now, -40 * DAY_MS);
const unused = { scopes: ["contacts:write" as const] };

/** A key of 40 days that called on each of the last twelve, from one address, and only read contacts. */
async function givenReader(owner: MemberActor) {
  const { keyId, secretId } = await givenKey(owner, {}, longAgo);
  const { workspaceId } = owner;
  const call = (back: number) =>
    aRequest({ workspaceId, keyId, secretId, at: later(now, -back * DAY_MS) });
  await storeBatch(
    Array.from({ length: 12 }, (_, back) => call(back)),
    [],
  );
  await watchAllKeys(now);
  return { workspaceId, keyId, secretId };
}

async function findingOf(keyId: string, kind: FindingKind) {
  return await db().finding.findFirst({ where: { keyId, kind }, orderBy: { id: "desc" } });
}

async function keyOf(keyId: string) {
  return await db().apiKey.findUniqueOrThrow({ where: { id: keyId } });
}

test("permissions are narrowed, which closes the finding, and given back within a week", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenReader(owner);
  const narrow = () => watched(narrowScopes)(owner, { keyId, ...unused }, now);
  mustWork(await narrow());
  expect((await keyOf(keyId)).scopes).toEqual(["contacts:read"]);
  const finding = await findingOf(keyId, "unused_scopes");
  expect(finding).toMatchObject({ closedAt: now, narrowedAt: now });
  expect(await narrow()).toMatchObject({ code: "changed_meanwhile" });
  const undo = { keyId, findingId: finding?.id ?? "" };
  const tooLate = later(now, 7 * DAY_MS);
  expect(await undoableNarrowing(owner, { keyId }, later(tooLate, -1))).toEqual({
    findingId: undo.findingId,
    narrowedAt: now,
    scopes: ["contacts:write"],
  });
  expect(await undoableNarrowing(owner, { keyId }, tooLate)).toBeNull();
  expect(await undoableNarrowing(await givenOwner(), { keyId }, now)).toBeNull();
  expect(await undoNarrowing(owner, undo, tooLate)).toMatchObject({ code: "too_late" });
  mustWork(await undoNarrowing(owner, undo, later(tooLate, -1)));
  expect((await keyOf(keyId)).scopes).toEqual(["contacts:read", "contacts:write"]);
  expect(await undoNarrowing(owner, undo, now)).toMatchObject({ code: "too_late" });
  expect(await undoableNarrowing(owner, { keyId }, now)).toBeNull();
  expect(await actionsOn(keyId)).toEqual(["key.created", "key.edited", "key.edited"]);
});

test("permissions that a call has used by now, or that are all there are, stay", async () => {
  const owner = await givenOwner();
  const { keyId, ...key } = await givenReader(owner);
  const all = { scopes: ["contacts:read" as const, "contacts:write" as const] };
  expect(await narrowScopes(owner, { keyId, ...all }, now)).toMatchObject({
    code: "changed_meanwhile",
  });
  const change = { method: "PUT", route: "/contacts/:idOrEmail", scopes: unused.scopes, at: now };
  await storeBatch([aRequest({ ...key, keyId, ...change })], []);
  expect(await narrowScopes(owner, { keyId, ...unused }, now)).toMatchObject({
    code: "changed_meanwhile",
  });
  expect((await keyOf(keyId)).scopes).toHaveLength(2);
});

test("a key is limited to exactly the addresses it called from, unless it called from elsewhere", async () => {
  const owner = await givenOwner();
  const { keyId, ...key } = await givenReader(owner);
  const addresses = ["203.0.113.7"];
  await storeBatch([aRequest({ ...key, keyId, address: "192.0.2.1", at: now })], []);
  expect(await limitAddresses(owner, { keyId, addresses }, now)).toMatchObject({
    code: "changed_meanwhile",
  });
  const both = [...addresses, "192.0.2.1"];
  mustWork(await watched(limitAddresses)(owner, { keyId, addresses: both }, now));
  expect((await keyOf(keyId)).allowedAddresses).toEqual(both);
  expect(await findingOf(keyId, "works_from_anywhere")).toMatchObject({ closedAt: now });
});

test("an expiry that is set closes its finding at once", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner, { expiry: { kind: "never" } }, now);
  await watchAllKeys(now);
  mustWork(await watched(setExpiry)(owner, { keyId, days: 90 }, now));
  expect(await keyOf(keyId)).toMatchObject({ expiryDays: 90, expiresAt: later(now, 90 * DAY_MS) });
  expect(await findingOf(keyId, "no_expiry")).toMatchObject({ closedAt: now });
});

test("a key of someone who may not manage keys any more is taken over by an admin", async () => {
  const owner = await givenOwner();
  const marketer = await givenColleague(owner, "marketer");
  const { keyId } = await givenKey(marketer, {}, now);
  await db().member.update({ where: { id: marketer.memberId }, data: { role: "viewer" } });
  await watchAllKeys(now);
  expect(await countPressing(owner)).toBe(1);
  mustWork(await watched(takeOverKey)(owner, { keyId }, now));
  expect((await keyOf(keyId)).ownerId).toBe(owner.memberId);
  expect(await countPressing(owner)).toBe(0);
  expect(await takeOverKey(owner, { keyId }, now)).toMatchObject({ code: "already_yours" });
});

test("secrets are due by the rule of the workspace, from the moment it is changed", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner, {}, longAgo);
  await watchAllKeys(now);
  expect(await findingOf(keyId, "old_secret")).toBeNull();
  mustWork(await watchedAll(setRotationDays)(owner, { days: 30 }, now));
  expect(await findingOf(keyId, "old_secret")).toMatchObject({ closedAt: null, degree: 1 });
  mustWork(await watchedAll(setRotationDays)(owner, { days: 90 }, now));
  expect(await findingOf(keyId, "old_secret")).toMatchObject({ closedAt: now });
  const marketer = await givenColleague(owner, "marketer");
  expect(await setRotationDays(marketer, { days: 30 }, now)).toMatchObject({ code: "not_found" });
});

test("who may not manage a key can neither dismiss what is found about it nor follow the advice", async () => {
  const owner = await givenOwner();
  const [marketer, viewer] = [
    await givenColleague(owner, "marketer"),
    await givenColleague(owner, "viewer"),
  ];
  const { keyId } = await givenReader(owner);
  const findingId = (await findingOf(keyId, "unused_scopes"))?.id ?? "";
  for (const actor of [marketer, viewer, await givenOwner()]) {
    const dismissal = { findingId, reason: "intended", note: "" } as const;
    const refused = [
      await dismissFinding(actor, dismissal, now),
      await restoreFinding(actor, { findingId }, now),
      await narrowScopes(actor, { keyId, ...unused }, now),
      await undoNarrowing(actor, { keyId, findingId }, now),
      await limitAddresses(actor, { keyId, addresses: ["203.0.113.7"] }, now),
      await setExpiry(actor, { keyId, days: 90 }, now),
      await takeOverKey(actor, { keyId }, now),
    ];
    expect(refused.map((answer) => !answer.ok && answer.code)).toEqual(
      refused.map(() => "not_found"),
    );
  }
});

test("a viewer sees every finding, a marketer those about their own keys, and others none", async () => {
  const owner = await givenOwner();
  const [marketer, viewer] = [
    await givenColleague(owner, "marketer"),
    await givenColleague(owner, "viewer"),
  ];
  const never = { expiry: { kind: "never" } } as const;
  const theirs = await givenKey(owner, { ...never, name: "Owner's" }, now);
  await givenKey(marketer, { ...never, name: "Marketer's" }, now);
  await watchAllKeys(now);
  const findingId = (await findingOf(theirs.keyId, "no_expiry"))?.id ?? "";
  const seenBy = async (actor: MemberActor) => {
    const { findings, counts } = await listFindings(actor, { show: "open" }, now);
    expect(counts.open).toBe(findings.length);
    return findings.map(({ key, canAct }) => `${key.name} ${canAct}`).sort();
  };
  expect(await seenBy(owner)).toEqual(["Marketer's true", "Owner's true"]);
  expect(await seenBy(viewer)).toEqual(["Marketer's false", "Owner's false"]);
  expect(await seenBy(marketer)).toEqual(["Marketer's true"]);
  expect(await seenBy(await givenOwner())).toEqual([]);
  expect((await getFinding(viewer, { findingId }, now)).ok).toBe(true);
  expect((await getFinding(marketer, { findingId }, now)).ok).toBe(false);
});

test("of two who dismiss a finding the second changes nothing", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenReader(owner);
  const findingId = (await findingOf(keyId, "unused_scopes"))?.id ?? "";
  const dismiss = (note: string) =>
    dismissFinding(owner, { findingId, reason: "other", note }, now);
  mustWork(await dismiss("first"));
  expect(await dismiss("second")).toMatchObject({ code: "changed_meanwhile" });
  expect(await findingOf(keyId, "unused_scopes")).toMatchObject({ dismissNote: "first" });
  const dismissed = await listFindings(owner, { show: "dismissed" }, now);
  expect(dismissed.counts.dismissed).toBe(1);
  mustWork(await restoreFinding(owner, { findingId }, now));
  expect(await restoreFinding(owner, { findingId }, now)).toMatchObject({
    code: "changed_meanwhile",
  });
});
