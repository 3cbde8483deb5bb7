import { expect, test } from "vitest";
import { editKey } from "@/lib/access/api-keys/changes/edit-key";
import { endRotation, extendRotation } from "@/lib/access/api-keys/changes/end-and-extend-rotation";
import { pauseKey, resumeKey } from "@/lib/access/api-keys/changes/pause-key";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { rotateKey } from "@/lib/access/api-keys/changes/rotate-key";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, later } from "@/lib/platform/clock";
import { pool } from "@/lib/platform/database/pool";
import { currentSecretId, editInput, givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

/** Every change of a key, in an order in which each finds what it needs. */
async function everyChange(actor: MemberActor, keyId: string, oldSecretId: string) {
  const secretId = oldSecretId;
  const until = later(now, 2 * DAY_MS);
  const grace = { kind: "24h" } as const;
  const results = [
    await rotateKey(actor, { keyId, currentSecretId: secretId, grace }, now),
    await extendRotation(actor, { keyId, secretId, until }, now),
    await endRotation(actor, { keyId, secretId }, now),
    await pauseKey(actor, { keyId }, now),
    await resumeKey(actor, { keyId }, now),
    await editKey(actor, { ...(await editInput(keyId)), name: "Taken over" }, now),
    await revokeKey(actor, { keyId, reason: "compromised", note: "" }, now),
  ];
  return results.map((result) => (result.ok ? "done" : result.code));
}

async function digest() {
  const { rows } = await pool().query(
    "SELECT md5(string_agg(k::text, '' ORDER BY id)) AS keys, " +
      "(SELECT md5(string_agg(s::text, '' ORDER BY id)) FROM api_key_secret s) AS secrets, " +
      "(SELECT count(*)::int FROM audit_event) AS events FROM api_key k",
  );
  return rows[0];
}

test("owners, admins and the key's own marketer may do everything", async () => {
  const owner = await givenOwner();
  const admin = await givenColleague(owner, "admin");
  const marketer = await givenColleague(owner, "marketer");
  for (const actor of [owner, admin, marketer]) {
    const { keyId, secretId } = await givenKey(marketer);
    expect(await everyChange(actor, keyId, secretId)).toEqual(Array(7).fill("done"));
  }
});

test("for everybody else the key does not exist, and nothing of it moves", async () => {
  const owner = await givenOwner();
  const { keyId, secretId } = await givenKey(owner);
  const stranger = await givenOwner();
  const others = [
    await givenColleague(owner, "viewer"),
    await givenColleague(owner, "marketer"),
    stranger,
    await givenColleague(stranger, "admin"),
  ];
  const before = await digest();
  for (const actor of others) {
    expect(await everyChange(actor, keyId, secretId)).toEqual(Array(7).fill("not_found"));
  }
  expect(await digest()).toEqual(before);
});

test("a rotating key's secrets can't be reached through a key of one's own", async () => {
  const owner = await givenOwner();
  const theirs = await givenKey(owner);
  const grace = { kind: "24h" } as const;
  await rotateKey(owner, { keyId: theirs.keyId, currentSecretId: theirs.secretId, grace }, now);
  const marketer = await givenColleague(owner, "marketer");
  const mine = await givenKey(marketer);
  const { keyId } = mine;
  const input = { keyId, secretId: theirs.secretId };
  expect(await endRotation(marketer, input, now)).toMatchObject({ code: "not_rotating" });
  const current = { keyId, currentSecretId: await currentSecretId(theirs.keyId), grace };
  expect(await rotateKey(marketer, current, now)).toMatchObject({ code: "rotated_meanwhile" });
});
