import { Pool } from "pg";
import { afterEach, expect, test, vi } from "vitest";
import { hashSecret } from "@/lib/access/api-keys/key/secret";
import { keyChanges, lookUpKey, rememberedKey } from "@/lib/access/api-keys/verification/key-cache";
import { findKeyByHash } from "@/lib/access/api-keys/verification/key-record";
import { now } from "@/lib/platform/clock";
import { LISTENER_NAME, startListening } from "@/lib/platform/database/listen";
import { databaseUrl, isEmbeddedDatabase, pool } from "@/lib/platform/database/pool";
import { processValues } from "@/lib/platform/process-wide";
import { givenOwner } from "@/lib/testing/fixtures";
import { givenWorkingKey } from "@/lib/testing/gate";
import { openWay } from "@/lib/testing/spoilable-way";

/** Columns that the gate does not read: no other process needs to hear of them. */
const UNREAD: Record<string, string[]> = {
  api_key: [
    "owner_id",
    "description",
    "scopes_changed_at",
    "expiry_days",
    "created_at",
    "creation_token",
    "revision",
    "revoke_reason",
    "revoke_note",
    "last_used_at",
    "reviewed_at",
  ],
  api_key_secret: [
    "first_four",
    "created_at",
    "expires_at",
    "last_used_at",
    "last_used_address",
    "last_used_agent",
  ],
};

/** Changes as another process makes them, past everything in this one. */
const CHANGES: [name: string, statement: string][] = [
  ["a revoke", "UPDATE api_key SET revoked_at = now() WHERE id = $1"],
  ["a pause", "UPDATE api_key SET paused_at = now() WHERE id = $1"],
  ["a freeze", "UPDATE api_key SET frozen_at = now() WHERE id = $1"],
  ["another expiry", "UPDATE api_key SET expires_at = now() WHERE id = $1"],
  ["other scopes", "UPDATE api_key SET scopes = '{contacts:read}' WHERE id = $1"],
  ["other addresses", "UPDATE api_key SET allowed_addresses = '{192.0.2.1}' WHERE id = $1"],
  ["another limit", "UPDATE api_key SET rate_per_minute = 1 WHERE id = $1"],
  ["the end of a secret", "UPDATE api_key_secret SET retires_at = now() WHERE key_id = $1"],
  ["a secret less", "DELETE FROM api_key_secret WHERE key_id = $1"],
];

/** No time passes for what is remembered, so this may take as long as a busy machine takes. */
const PATIENT = { timeout: 10_000 };

let stop = () => {};

afterEach(() => stop());

/** A key that this process remembers, and whether it still does. No time passes for it. */
async function givenRememberedKey() {
  const { keyId, secret } = await givenWorkingKey(await givenOwner());
  const [hash, at] = [hashSecret(secret), now()];
  await lookUpKey(hash, findKeyByHash, at);
  const isRemembered = () => rememberedKey(hash, at) !== undefined;
  expect(isRemembered()).toBe(true);
  return { keyId, isRemembered };
}

test.each(Object.keys(UNREAD))(
  "a change to any column of %s that the gate reads is told",
  async (table) => {
    const { rows } = await pool().query<{ name: string; isTold: boolean }>(
      `SELECT attname::text AS name, attnum = ANY(tgattr) AS "isTold"
     FROM pg_attribute JOIN pg_trigger ON tgrelid = attrelid AND tgname = 'key_changed'
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
      [table],
    );
    const untold = rows.filter(({ isTold }) => !isTold).map(({ name }) => name);
    expect(untold.sort()).toEqual([...(UNREAD[table] ?? [])].sort());
  },
);

test.skipIf(isEmbeddedDatabase()).each(CHANGES)(
  "%s in another process makes this one forget the key, and no other key",
  async (_, statement) => {
    ({ stop } = await startListening([keyChanges]));
    const [changed, other] = [await givenRememberedKey(), await givenRememberedKey()];
    await pool().query("UPDATE api_key SET last_used_at = now() WHERE id = $1", [other.keyId]);
    await pool().query(statement, [changed.keyId]);
    await vi.waitFor(() => expect(changed.isRemembered()).toBe(false), PATIENT);
    expect(other.isRemembered()).toBe(true);
  },
);

test.skipIf(isEmbeddedDatabase())(
  "without the connection nothing that was known is used",
  async () => {
    ({ stop } = await startListening([keyChanges]));
    const key = await givenRememberedKey();
    await pool().query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database()",
      [LISTENER_NAME],
    );
    await vi.waitFor(() => expect(key.isRemembered()).toBe(false), PATIENT);
  },
);

test.skipIf(isEmbeddedDatabase())(
  "an answer that was under way for more than a second lets nobody in",
  async () => {
    const { secret } = await givenWorkingKey(await givenOwner());
    const way = await openWay(databaseUrl());
    const real = pool();
    const slow = new Pool({ connectionString: way.url, max: 1 });
    processValues().set("pool", slow);
    expect(await findKeyByHash(hashSecret(secret))).not.toBeNull();
    // There and back.
    way.delay(600);
    await expect(findKeyByHash(hashSecret(secret))).rejects.toThrow("could not be looked up");
    way.delay(0);
    expect(await findKeyByHash(hashSecret(secret))).not.toBeNull();
    processValues().set("pool", real);
    await slow.end();
    way.close();
  },
);
