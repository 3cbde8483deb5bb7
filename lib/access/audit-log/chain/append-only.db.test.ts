import { readFile } from "node:fs/promises";
import type { PoolClient } from "pg";
import { expect, test } from "vitest";
import { verifyChain } from "@/lib/access/audit-log/chain/verify-chain";
import { pool } from "@/lib/platform/database/pool";
import { db } from "@/lib/platform/database/unit-of-work";
import { TEST_NOON } from "@/lib/testing/api-keys";
import { entriesOf, happened } from "@/lib/testing/audit-chain";
import { givenOwner } from "@/lib/testing/fixtures";

const CHANGES = [
  "UPDATE audit_event SET target_name = 'Other'",
  "UPDATE audit_event SET number = 0",
  "DELETE FROM audit_event",
  "TRUNCATE audit_event",
  "UPDATE audit_chain SET number = 0",
  "DELETE FROM audit_chain",
  "TRUNCATE audit_chain",
];

test.each(CHANGES)("the database refuses: %s", async (sql) => {
  await happened(await givenOwner(), ["HubSpot"]);
  await expect(pool().query(sql)).rejects.toThrow(/The audit log only grows: .* is refused/);
});

test("the log goes with its workspace, and only with it", async () => {
  const [owner, other] = [await givenOwner(), await givenOwner()];
  await happened(owner, ["HubSpot"]);
  await happened(other, ["HubSpot"]);
  await db().workspace.delete({ where: { id: owner.workspaceId } });
  expect(await entriesOf(owner)).toEqual([]);
  expect(await entriesOf(other)).toHaveLength(1);
});

/** The statements that Postern's own role may not run once the grants of the docs are made. */
const DENIED = [
  ...CHANGES,
  "ALTER TABLE audit_event DISABLE TRIGGER ALL",
  "DROP TRIGGER audit_append_only ON audit_event",
  "DROP TABLE audit_event",
  "CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
  "ALTER FUNCTION audit_append() OWNER TO postern",
  "SET session_replication_role = replica",
];

const ADD = `
  INSERT INTO audit_event (id, workspace_id, at, actor_name, action, target_type, target_id, target_name, changes)
  VALUES ($1, $2, $3, 'Mara', 'key.edited', 'key', 'key_1', 'HubSpot', '{}')`;

test("with the grants of the docs, Postern's role adds, reads and redacts, and changes nothing", async () => {
  const owner = await givenOwner();
  const { workspaceId } = owner;
  await happened(owner, ["HubSpot"]);
  const client = await pool().connect();
  try {
    await client.query("BEGIN");
    await makeGrants(client);
    await client.query("SET LOCAL ROLE postern");
    const isMember = await client.query("SELECT pg_has_role('postern_audit', 'MEMBER') AS is");
    expect(isMember.rows).toEqual([{ is: false }]);
    for (const sql of DENIED) expect([sql, await outcomeOf(client, sql)]).toEqual([sql, "refused"]);
    await client.query(ADD, ["aev_2", workspaceId, TEST_NOON]);
    await client.query("SET CONSTRAINTS ALL IMMEDIATE");
    const { rows } = await client.query("SELECT number, salt FROM audit_event WHERE id = 'aev_2'");
    expect(rows).toEqual([expect.objectContaining({ number: 2 })]);
    const left = [{ id: "aev_2", salt: rows[0].salt, name: "Key", changes: {} }];
    const redacted = await client.query("SELECT audit_redact($1, 'aev_3', $2, $3) AS count", [
      workspaceId,
      TEST_NOON,
      JSON.stringify(left),
    ]);
    expect(redacted.rows).toEqual([{ count: 1 }]);
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
  expect(await verifyChain(workspaceId)).toMatchObject({ isWhole: true, end: { number: 1 } });
});

/** Makes the role that Postern signs in as, the owner of everything, and runs the SQL of the docs. */
async function makeGrants(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ name: string; tables: string }>(
    `SELECT current_database() AS name,
       (SELECT string_agg(format('ALTER TABLE %I OWNER TO postern', relname), '; ') FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition) AS tables`,
  );
  const [{ name, tables } = { name: "", tables: "" }] = rows;
  const page = await readFile("docs/audit-log-grants.md", "utf8");
  const sql = /```sql\n([^`]+)```/.exec(page)?.[1] ?? "";
  expect(sql).toContain("GRANT SELECT, INSERT ON audit_event TO postern");
  await client.query(`CREATE ROLE postern; ${tables}`);
  await client.query(sql.replaceAll("DATABASE postern", `DATABASE "${name}"`));
}

async function outcomeOf(client: PoolClient, sql: string): Promise<string> {
  await client.query("SAVEPOINT before");
  try {
    await client.query(sql);
    return "done";
  } catch (error) {
    return (error as { code?: string }).code === "42501" ? "refused" : String(error);
  } finally {
    await client.query("ROLLBACK TO before");
  }
}
