import { expect, test } from "vitest";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { rotateKey } from "@/lib/access/api-keys/changes/rotate-key";
import { generateSecret } from "@/lib/access/api-keys/key/secret";
import { LOOK_UPS_MAX, type LookedUpKey, whoseKey } from "@/lib/access/key-lookup/whose-key";
import type { MemberActor } from "@/lib/people/auth/actor";
import { givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

async function found(actor: MemberActor, text: string): Promise<LookedUpKey[]> {
  return mustWork(await whoseKey(actor, { text }, now)).keys;
}

test("a key is found by its secret, its beginning, its hint, and in a scanner's finding", async () => {
  const owner = await givenOwner();
  const { keyId, secret, hint } = await givenKey(owner);
  const key = { id: keyId, name: "HubSpot sync", hint, ownerName: owner.name, status: "active" };
  expect(await found(owner, secret)).toMatchObject([{ ...key, isCertain: true }]);
  const finding = JSON.stringify([{ token: secret, type: "postern", url: "https://a.example/b" }]);
  expect(await found(owner, finding)).toMatchObject([{ ...key, isCertain: true }]);
  expect(await found(owner, secret.slice(0, 18))).toMatchObject([{ ...key, isCertain: false }]);
  expect(await found(owner, `in a chat: ${hint}`)).toMatchObject([{ ...key, isCertain: false }]);
});

test("a secret that was rotated away, and a revoked key, are found and say so", async () => {
  const owner = await givenOwner();
  const { keyId, secret, secretId: currentSecretId } = await givenKey(owner);
  const grace = { kind: "immediately" } as const;
  mustWork(await rotateKey(owner, { keyId, currentSecretId, grace }, now));
  expect(await found(owner, secret)).toMatchObject([{ id: keyId, secretState: "retired" }]);
  mustWork(await revokeKey(owner, { keyId, reason: "no_longer_needed", note: "" }, now));
  expect(await found(owner, secret)).toMatchObject([{ id: keyId, status: "revoked" }]);
});

test("a key of another workspace looks like one that nobody has, by whatever is known of it", async () => {
  const [owner, stranger] = await Promise.all([givenOwner(), givenOwner()]);
  const { secret, hint } = await givenKey(stranger);
  await givenKey(owner);
  for (const text of [secret, secret.slice(0, 20), hint, generateSecret("live")]) {
    expect(await found(owner, text)).toEqual([]);
  }
});

test("a beginning names the environment, and another environment's key does not answer", async () => {
  const owner = await givenOwner();
  const { secret } = await givenKey(owner);
  expect(await found(owner, secret.slice(0, 16).replace("live", "test"))).toEqual([]);
});

test("a viewer finds whose key it is and is told that others act", async () => {
  const owner = await givenOwner();
  const { secret } = await givenKey(owner);
  const viewer = await givenColleague(owner, "viewer");
  expect(await found(viewer, secret)).toMatchObject([{ ownerName: owner.name, canManage: false }]);
});

test("text without a key is said to be so, and does not count as a guess", async () => {
  const owner = await givenOwner();
  for (let at = 0; at <= LOOK_UPS_MAX; at += 1) {
    expect(await whoseKey(owner, { text: "hello" }, now)).toMatchObject({ code: "no_clue" });
  }
  expect(await found(owner, "pstn_live_…x7Qd")).toEqual([]);
});

test("a member who guesses is stopped, and a colleague is not", async () => {
  const owner = await givenOwner();
  const guesses = Array.from({ length: LOOK_UPS_MAX + 1 }, (_, at) =>
    whoseKey(owner, { text: `pstn_live_…a${String(at).padStart(3, "0")}` }, now),
  );
  const refused = (await Promise.all(guesses)).filter(({ ok }) => !ok);
  expect(refused).toMatchObject([{ code: "throttled" }]);
  const colleague = await givenColleague(owner, "viewer");
  expect(await found(colleague, "pstn_live_…x7Qd")).toEqual([]);
});
