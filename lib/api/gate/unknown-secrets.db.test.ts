import { expect, test } from "vitest";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { generateSecret, hashSecret, isWellFormedSecret } from "@/lib/access/api-keys/key/secret";
import { listFindings } from "@/lib/access/findings/reading/read-findings";
import { flushUnknownSecrets } from "@/lib/access/findings/unknown-secrets/note-unknown-secret";
import { watchAllKeys } from "@/lib/access/findings/watching/watch-keys";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, later, now } from "@/lib/platform/clock";
import { aRequest } from "@/lib/testing/activity-records";
import { dumpTables, spellingsOf } from "@/lib/testing/dump";
import { givenOwner } from "@/lib/testing/fixtures";
import { call, givenWorkingKey } from "@/lib/testing/gate";
import { secretsAlike } from "@/lib/testing/secrets-alike";

/** A key that was called from this address on the last three days. */
async function givenCalledFrom({ workspaceId }: MemberActor, key: Key, address: string) {
  const { keyId, secretId } = key;
  const days = [1, 2, 3].map((back) => later(now(), -back * DAY_MS));
  await storeBatch(
    days.map((at) => aRequest({ workspaceId, keyId, secretId, at, address })),
    [],
  );
}

type Key = Awaited<ReturnType<typeof givenWorkingKey>>;

async function found(owner: MemberActor) {
  await flushUnknownSecrets();
  await watchAllKeys(now());
  const { findings } = await listFindings(owner, { show: "open" }, now());
  return findings.filter(({ about }) => /unknown_secrets|key_guessed/.test(about.kind));
}

test("secrets that no key has are told by a known caller, sent in the header or in the URL", async () => {
  const [owner, other] = [await givenOwner(), await givenOwner()];
  const address = "10.61.0.7";
  await givenCalledFrom(owner, await givenWorkingKey(owner), address);
  await givenCalledFrom(other, await givenWorkingKey(other), "10.62.0.7");
  const sent = [generateSecret("live"), generateSecret("live"), generateSecret("test")];
  const [first = "", second = "", third = ""] = sent;
  expect((await call("/me", { secret: first, address })).status).toBe(401);
  expect((await call("/nowhere", { secret: second, address })).status).toBe(401);
  expect((await call(`/me?k=${third}`, { address })).status).toBe(400);
  // These have no checksum that fits, or are no secrets at all.
  const mangled = `${first.slice(0, -1)}${first.endsWith("a") ? "b" : "a"}`;
  for (const secret of [mangled, "sk_live_1234"]) await call("/me", { secret, address });
  await call("/me", { address });
  const [finding, ...others] = await found(owner);
  expect(finding?.about).toMatchObject({
    kind: "unknown_secrets",
    facts: { calls: 3, secrets: 3, address },
  });
  expect(finding?.remedy).toBe("see_calls");
  expect(others).toEqual([]);
  expect(await found(other)).toEqual([]);
  await expectNowhere(sent);
});

test("guesses at a key are told by their beginning, and of the guesses nothing is kept", async () => {
  const [owner, other] = [await givenOwner(), await givenOwner()];
  const { keyId, secret } = await givenWorkingKey(owner);
  await givenWorkingKey(other);
  const sent = secretsAlike(secret, 6);
  expect(sent.every(isWellFormedSecret)).toBe(true);
  for (const guess of sent) await call("/me", { secret: guess, address: "192.0.2.99" });
  const [finding, ...others] = await found(owner);
  expect(finding?.about).toMatchObject({ kind: "key_guessed", facts: { calls: 6, secrets: 6 } });
  expect(finding).toMatchObject({ key: { id: keyId }, severity: "urgent", remedy: "rotate" });
  expect(others).toEqual([]);
  expect(await found(other)).toEqual([]);
  await expectNowhere(sent);
});

/** Fails where the tables hold one of the secrets, a part of it, or its hash. */
async function expectNowhere(secrets: readonly string[]): Promise<void> {
  const tables = await dumpTables();
  tables.delete("public.api_key_secret");
  const text = [...tables.values()].join("\n");
  expect(text).toContain("unknown_secrets");
  for (const secret of secrets) {
    const parts = [secret, hashSecret(secret), secret.slice(14, -6)].flatMap(spellingsOf);
    for (const spelling of parts) expect(text).not.toContain(spelling);
  }
}
