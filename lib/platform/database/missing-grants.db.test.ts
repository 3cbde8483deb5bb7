import type { PoolClient } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { demandGrants, MissingGrantsError } from "@/lib/platform/database/missing-grants";
import { pool } from "@/lib/platform/database/pool";

let client: PoolClient;

// Everything goes with the transaction, the role too, which belongs to the whole server.
beforeEach(async () => {
  client = await pool().connect();
  await client.query("BEGIN; CREATE ROLE a_weak_one; REVOKE CREATE ON SCHEMA public FROM PUBLIC");
});

afterEach(async () => {
  await client.query("ROLLBACK");
  client.release();
});

test("a role that may not make tables is told what it lacks, until it has it", async () => {
  await client.query("ALTER SCHEMA graphile_worker RENAME TO another; SET ROLE a_weak_one");
  const { rows } = await client.query("SELECT quote_ident(current_database()) AS name");
  const database = `GRANT CREATE ON DATABASE ${rows[0].name} TO a_weak_one`;
  const tables = "GRANT USAGE, CREATE ON SCHEMA public TO a_weak_one";
  expect(await refusal()).toContain(`${database}; ${tables}.`);

  await client.query(`RESET ROLE; ${tables}; SET ROLE a_weak_one`);
  expect(await refusal()).toContain(`${database}.`);

  await client.query(`RESET ROLE; ${database}; SET ROLE a_weak_one`);
  await demandGrants(client);
});

test("where the queue is installed, nothing is left to grant for it", async () => {
  await client.query("GRANT USAGE, CREATE ON SCHEMA public TO a_weak_one; SET ROLE a_weak_one");
  await demandGrants(client);
});

async function refusal(): Promise<string> {
  const error = await demandGrants(client).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(MissingGrantsError);
  return String(error);
}
