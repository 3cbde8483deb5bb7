import { expect, test } from "vitest";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { rotateKey } from "@/lib/access/api-keys/changes/rotate-key";
import { listKeysQuery } from "@/lib/access/api-keys/key/schema";
import { getKey } from "@/lib/access/api-keys/reading/get-key";
import { listKeys } from "@/lib/access/api-keys/reading/list-keys";
import { keyHistory } from "@/lib/access/audit-log/key-history";
import { runJobs } from "@/lib/access/jobs";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { claimRequest } from "@/lib/platform/idempotency";
import { givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { givenOwner } from "@/lib/testing/fixtures";

const twoYearsOn = later(now, 2 * 365 * DAY_MS);

/** Everything that the console shows of the workspace's keys two years on. */
async function shown(actor: MemberActor, keyIds: string[]) {
  const { keys } = await listKeys(actor, listKeysQuery.parse({}), twoYearsOn);
  const details = keyIds.map((id) => getKey(actor, { id }, twoYearsOn));
  const histories = keyIds.map((keyId) => keyHistory(actor, { keyId, limit: 100 }));
  return { keys, details: await Promise.all(details), histories: await Promise.all(histories) };
}

test("the hourly jobs forget old answers, and never a key, its secrets or its history", async () => {
  const owner = await givenOwner();
  const endless = await givenKey(owner, { expiry: { kind: "never" } });
  const expired = await givenKey(owner, { expiry: { kind: "days", days: 30 } });
  const revoked = await givenKey(owner);
  const rotation = { ...endless, currentSecretId: endless.secretId };
  await rotateKey(owner, { ...rotation, grace: { kind: "immediately" } }, now);
  await revokeKey(owner, { keyId: revoked.keyId, reason: "compromised", note: "" }, now);
  const answer = { keyId: endless.keyId, idempotencyKey: "old", requestHash: "none" };
  await claimRequest(answer, now);
  const keyIds = [endless, expired, revoked].map(({ keyId }) => keyId);
  const before = await shown(owner, keyIds);

  await runJobs(twoYearsOn);
  expect(await db().idempotentRequest.count()).toBe(0);
  expect(await shown(owner, keyIds)).toEqual(before);
  expect(before.keys.map(({ id }) => id).toSorted()).toEqual(keyIds.toSorted());
  expect(before.histories.map(({ length }) => length)).toEqual([2, 1, 2]);
  expect(await db().apiKeySecret.count()).toBe(4);
});
