import { expect, test } from "vitest";
import { editKey } from "@/lib/access/api-keys/changes/edit-key";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { rotateKey } from "@/lib/access/api-keys/changes/rotate-key";
import { currentSecretId, editInput, givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { dumpDatabase, spellingsOf } from "@/lib/testing/dump";
import { givenOwner } from "@/lib/testing/fixtures";

test("a dump of the whole database holds no secret, in no spelling, after a key's whole life", async () => {
  const owner = await givenOwner();
  const created = await givenKey(owner);
  const { keyId } = created;
  const secrets = [created.secret];
  for (const kind of ["24h", "1h", "immediately"] as const) {
    const currentId = await currentSecretId(keyId);
    const input = { keyId, currentSecretId: currentId, grace: { kind } };
    const rotated = await rotateKey(owner, input, now);
    if (!rotated.ok) throw new Error(rotated.message);
    secrets.push(rotated.value.secret);
  }
  await editKey(owner, { ...(await editInput(keyId)), name: "Renamed" }, now);
  await revokeKey(owner, { keyId, reason: "compromised", note: "" }, now);
  const text = await dumpDatabase();
  expect(text).toContain(keyId);
  for (const secret of secrets) {
    const random = secret.slice("pstn_live_".length, -4);
    for (const spelling of [...spellingsOf(secret), ...spellingsOf(random)]) {
      expect(text).not.toContain(spelling);
    }
  }
});
