import { Pool } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { hashSecret } from "@/lib/access/api-keys/key/secret";
import { verify } from "@/lib/access/api-keys/verification/verify";
import { verifyChain } from "@/lib/access/audit-log/chain/verify-chain";
import { startEmbeddedDatabase } from "@/lib/platform/database/embedded";
import { migrate, readMigrations } from "@/lib/platform/database/migrate";
import { applyMigrations } from "@/lib/platform/database/schema-engine";
import { processValues } from "@/lib/platform/process-wide";
import { TEST_NOON as now } from "@/lib/testing/api-keys";

const secret = "pstn_live_iFKXyal3R0K07SFEON9vEykOzVouZPHQ0Xvtbi";

/** Where `processWide` keeps the pool. */
const slots = processValues();

/** A working key, as the first version stored it. */
const KEY_OF_THE_FIRST_VERSION = `
  INSERT INTO workspace VALUES ('wsp_1', 'Northwind Tea', now());
  INSERT INTO app_user VALUES ('usr_1', 'mara@example.com', 'Mara', 'none', 1, now());
  INSERT INTO member VALUES ('mem_1', 'wsp_1', 'usr_1', 'owner', now());
  INSERT INTO api_key (id, workspace_id, owner_id, name, environment, scopes, allowed_addresses,
    created_at, creation_token)
    VALUES ('key_1', 'wsp_1', 'mem_1', 'HubSpot sync', 'live', '{contacts:read}', '{}', now(), 'a');
  INSERT INTO api_key_secret (id, workspace_id, key_id, hash, last_four, created_at)
    VALUES ('sec_1', 'wsp_1', 'key_1', '${hashSecret(secret)}', 'vtbi', now());`;

/** The events of two workspaces from before the log was a chain. */
const LOG_OF_THE_FIRST_VERSION = `
  INSERT INTO workspace VALUES ('wsp_2', 'Acme', now());
  INSERT INTO audit_event (id, workspace_id, at, actor_name, action, target_type, target_id, target_name, changes)
    SELECT 'aev_' || n, 'wsp_' || n % 2 + 1, now(), 'Mara', 'key.edited', 'key', 'key_1', 'HubSpot sync',
           '{"name": {"to": "HubSpot sync", "from": "Zoë"}}'
    FROM generate_series(1, 5) AS n;`;

test("what was stored before any upgrade is as good after all of them", async () => {
  const database = await startEmbeddedDatabase("memory://");
  const [first, ...others] = await readMigrations();
  if (!first) throw new Error("no migrations");
  await applyMigrations(database.url, [first]);
  const upgraded = new Pool({ connectionString: database.url, max: 1 });
  await upgraded.query(KEY_OF_THE_FIRST_VERSION);
  await upgraded.query(LOG_OF_THE_FIRST_VERSION);
  expect(await migrate(database.url, true)).toEqual(others.map(({ name }) => name));

  const realPool = slots.get("pool");
  slots.set("pool", upgraded);
  onTestFinished(async () => {
    slots.set("pool", realPool);
    await upgraded.end();
    await database.close();
  });
  const asked = { scope: "contacts:read", address: "203.0.113.7" } as const;
  expect(await verify({ kind: "secret", secret }, asked, now)).toMatchObject({
    outcome: "valid",
    key: { keyId: "key_1", audiences: null, sendingDomains: null, expiresAt: null },
  });
  expect(await verifyChain("wsp_1")).toMatchObject({ isWhole: true, end: { number: 2 } });
  expect(await verifyChain("wsp_2")).toMatchObject({ isWhole: true, end: { number: 3 } });
  const { rows } = await upgraded.query("SELECT id FROM audit_event ORDER BY number, id");
  expect(rows.map(({ id }) => id)).toEqual(["aev_1", "aev_2", "aev_3", "aev_4", "aev_5"]);
}, 120_000);
