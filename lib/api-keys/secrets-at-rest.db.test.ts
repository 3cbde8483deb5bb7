import { expect, test } from "vitest";
import { editKey } from "@/lib/api-keys/edit-key";
import { revokeKey } from "@/lib/api-keys/revoke-key";
import { rotateKey } from "@/lib/api-keys/rotate-key";
import { pool } from "@/lib/db";
import { currentSecretId, editInput, givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { givenOwner } from "@/lib/testing/fixtures";

/** Every row of every table as text. */
async function dump(): Promise<string> {
  const tables = await pool().query(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  );
  const rows: string[] = [];
  for (const { name } of tables.rows) {
    const found = await pool().query(`SELECT to_jsonb(t)::text AS row FROM "${name}" t`);
    rows.push(...found.rows.map(({ row }) => row));
  }
  return rows.join("\n");
}

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
  const text = (await dump()).toLowerCase();
  expect(text).toContain(keyId);
  for (const secret of secrets) {
    const random = secret.slice("pstn_live_".length, -4);
    for (const spelling of [random, hex(secret), base64(secret), hex(random), base64(random)]) {
      expect(text).not.toContain(spelling.toLowerCase());
    }
  }
});

function hex(text: string): string {
  return Buffer.from(text).toString("hex");
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64").replace(/=+$/, "");
}
