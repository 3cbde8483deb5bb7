import { expect, test } from "vitest";
import { freezeKey, unfreezeKey } from "@/lib/access/api-keys/changes/freeze-key";
import { pauseKey } from "@/lib/access/api-keys/changes/pause-key";
import { revokeFrozenKeys } from "@/lib/access/api-keys/changes/revoke-frozen-keys";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { getKey } from "@/lib/access/api-keys/reading/get-key";
import { verify } from "@/lib/access/api-keys/verification/verify";
import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { auditOf, givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";
import { givenPerson } from "@/lib/testing/people";
import { givenApp } from "@/lib/testing/second-factor";

const soon = later(now, HOUR_MS);

async function outcomeOf(secret: string, at = now): Promise<string> {
  const asked = { scope: null, address: "203.0.113.7" };
  return (await verify({ kind: "secret", secret }, asked, at)).outcome;
}

test("a frozen key is refused at once, and let in again as it was", async () => {
  const owner = await givenOwner();
  const { keyId, secret } = await givenKey(owner);
  expect(await outcomeOf(secret)).toBe("valid");
  mustWork(await freezeKey(owner, { keyId }, now));
  expect(await outcomeOf(secret)).toBe("frozen");
  expect(mustWork(await getKey(owner, { id: keyId }, now))).toMatchObject({
    status: "frozen",
    frozenAt: now,
  });
  mustWork(await unfreezeKey(owner, { keyId }, soon));
  expect(await outcomeOf(secret)).toBe("valid");
  expect(await auditOf(keyId, "key.frozen")).toHaveLength(1);
  expect(await auditOf(keyId, "key.unfrozen")).toHaveLength(1);
});

test("a key that was paused before is paused after", async () => {
  const owner = await givenOwner();
  const { keyId, secret } = await givenKey(owner);
  mustWork(await pauseKey(owner, { keyId }, now));
  mustWork(await freezeKey(owner, { keyId }, now));
  expect(await outcomeOf(secret)).toBe("frozen");
  mustWork(await unfreezeKey(owner, { keyId }, soon));
  expect(await outcomeOf(secret)).toBe("paused");
});

test("of two who freeze a key one does, and nobody does who may not manage it", async () => {
  const owner = await givenOwner();
  const { keyId, secret } = await givenKey(owner);
  for (const role of ["viewer", "marketer"] as const) {
    const colleague = await givenColleague(owner, role);
    expect(await freezeKey(colleague, { keyId }, now)).toMatchObject({ code: "not_found" });
  }
  expect(await freezeKey(await givenOwner(), { keyId }, now)).toMatchObject({ code: "not_found" });
  expect(await outcomeOf(secret)).toBe("valid");
  const freeze = () => freezeKey(owner, { keyId }, now);
  const results = await Promise.all([freeze(), freeze()]);
  expect(results.map((result) => (result.ok ? "frozen" : result.code)).sort()).toEqual([
    "changed_meanwhile",
    "frozen",
  ]);
});

test("a key that nobody unfroze for a day is revoked for good, and can't be unfrozen before that", async () => {
  const owner = await givenOwner();
  const [left, unfrozen, ended] = [
    await givenKey(owner),
    await givenKey(owner),
    await givenKey(owner),
  ];
  for (const { keyId } of [left, unfrozen, ended]) mustWork(await freezeKey(owner, { keyId }, now));
  mustWork(await unfreezeKey(owner, unfrozen, soon));
  mustWork(
    await revokeKey(owner, { keyId: ended.keyId, reason: "no_longer_needed", note: "" }, soon),
  );
  await revokeFrozenKeys(later(now, DAY_MS - 1));
  expect(await outcomeOf(left.secret)).toBe("frozen");
  const dayAfter = later(now, DAY_MS);
  expect(await unfreezeKey(owner, left, dayAfter)).toMatchObject({ code: "too_late" });
  await revokeFrozenKeys(dayAfter);
  expect(await outcomeOf(left.secret)).toBe("revoked");
  expect(await outcomeOf(unfrozen.secret)).toBe("valid");
  const keys = await db().apiKey.findMany({
    where: { id: { in: [left.keyId, ended.keyId] } },
    select: { revokeReason: true },
    orderBy: { id: "asc" },
  });
  expect(keys.map(({ revokeReason }) => revokeReason)).toEqual(["compromised", "no_longer_needed"]);
  expect(await auditOf(left.keyId, "key.revoked")).toMatchObject([{ actorName: "Postern" }]);
  await revokeFrozenKeys(dayAfter);
  expect(await auditOf(left.keyId, "key.revoked")).toHaveLength(1);
});

test("letting it in again asks for the second factor", async () => {
  const { actor } = await givenApp(await givenPerson(), now);
  const { keyId } = await givenKey(actor);
  const later11Min = later(now, 11 * 60_000);
  mustWork(await freezeKey(actor, { keyId }, later11Min));
  expect(await unfreezeKey(actor, { keyId }, later11Min)).toMatchObject({
    code: "confirm_identity",
  });
});
