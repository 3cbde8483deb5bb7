import { expect, test } from "vitest";
import { rotateKey } from "@/lib/access/api-keys/changes/rotate-key";
import { keepKey } from "@/lib/access/key-review/keep-key";
import { lastReview } from "@/lib/access/key-review/last-review";
import { readReview } from "@/lib/access/key-review/read-review";
import { signOffReview } from "@/lib/access/key-review/sign-off";
import { DAY_MS, later } from "@/lib/platform/clock";
import { givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

test("a review is signed off once every key was looked at, and the next begins with all of them", async () => {
  const owner = await givenOwner();
  const kept = await givenKey(owner, { name: "Kept" });
  const rotated = await givenKey(owner, { name: "Rotated" });
  await givenKey(await givenOwner(), { name: "Another company's" });
  expect(await signOffReview(owner, {}, now)).toMatchObject({ code: "keys_left" });
  mustWork(await keepKey(owner, { keyId: kept.keyId }, now));
  const rotation = { keyId: rotated.keyId, currentSecretId: rotated.secretId };
  mustWork(await rotateKey(owner, { ...rotation, grace: { kind: "1h" } }, now));
  expect(mustWork(await readReview(owner, now))).toEqual({
    left: [],
    decided: { kept: 1, narrowed: 0, rotated: 1, revoked: 0 },
    lastAt: null,
  });
  const at = later(now, DAY_MS);
  mustWork(await signOffReview(owner, {}, at));
  expect(await lastReview(owner)).toEqual({
    by: owner.name,
    at,
    decided: { kept: 1, narrowed: 0, rotated: 1, revoked: 0 },
  });
  const { left } = mustWork(await readReview(owner, at));
  expect(left.map(({ name }) => name)).toEqual(["Kept", "Rotated"]);
  expect(await signOffReview(owner, {}, at)).toMatchObject({ code: "keys_left" });
});

test("a decision of two weeks ago counts no more", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner);
  mustWork(await keepKey(owner, { keyId }, now));
  const leftAt = async (days: number) =>
    mustWork(await readReview(owner, later(now, days * DAY_MS))).left.length;
  expect(await leftAt(13)).toBe(0);
  expect(await leftAt(14)).toBe(1);
});

test("only who manages every key reviews them", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner);
  for (const role of ["marketer", "viewer"] as const) {
    const actor = await givenColleague(owner, role);
    expect(await readReview(actor, now)).toMatchObject({ code: "not_found" });
    expect(await keepKey(actor, { keyId }, now)).toMatchObject({ code: "not_found" });
    expect(await signOffReview(actor, {}, now)).toMatchObject({ code: "not_found" });
  }
});
