import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "@/lib/platform/database/embedded";
import { readMigrations } from "@/lib/platform/database/migrate";
import { applyMigrations, indexBuiltBeside } from "@/lib/platform/database/schema-engine";
import { LAST_BEFORE_THE_RULE } from "@/lib/testing/migration-rule";

let database: EmbeddedDatabase;
let client: Client;

beforeAll(async () => {
  database = await startEmbeddedDatabase("memory://");
  const before = (await readMigrations()).filter(({ name }) => name <= LAST_BEFORE_THE_RULE);
  await applyMigrations(database.url, before);
  client = new Client({ connectionString: database.url });
  await client.connect();
}, 120_000);

afterAll(async () => {
  await client.end();
  await database.close();
});

/**
 * The steps of this migration that take the longer the more rows there are, and keep calls from a table that was there
 * before. Postgres itself tells: the migration runs, and its scans, locks, files and constraints are looked at.
 */
async function faultsOf(sql: string, end: "COMMIT" | "ROLLBACK"): Promise<string[]> {
  if (indexBuiltBeside(sql)) {
    if (end === "COMMIT") await client.query(sql);
    return [];
  }
  await client.query("BEGIN");
  try {
    // A question that an index answers costs little. Postgres scans its few rows here unless it is kept from that.
    await client.query(
      "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off",
    );
    const before = await tables();
    await client.query(sql);
    const after = new Map((await tables()).map((table) => [table.oid, table]));
    return before.flatMap((table) => faultsOfTable(table, after.get(table.oid)));
  } finally {
    await client.query(end);
  }
}

type Table = {
  oid: number;
  name: string;
  file: number;
  scans: number;
  constraints: number;
  writes: boolean;
};

async function tables(): Promise<Table[]> {
  const { rows } = await client.query(`
    SELECT c.oid::int, c.relname AS name, c.relfilenode::int AS file, s.seq_scan::int AS scans,
           (SELECT count(*)::int FROM pg_constraint
            WHERE conrelid = c.oid AND contype IN ('c', 'f') AND convalidated) AS constraints,
           EXISTS (SELECT FROM pg_locks WHERE relation = c.oid AND mode = 'RowExclusiveLock') AS writes
    FROM pg_class c JOIN pg_stat_xact_user_tables s ON s.relid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace
    ORDER BY c.relname`);
  return rows;
}

function faultsOfTable(before: Table, after: Table | undefined): string[] {
  if (!after) return [];
  return [
    ...(after.file !== before.file ? [`${before.name} is written anew`] : []),
    ...(after.file === before.file && after.scans > before.scans
      ? [`${before.name} is read from end to end`]
      : []),
    ...(after.constraints > before.constraints
      ? [`${before.name} is checked for a constraint`]
      : []),
    ...(after.writes ? [`rows of ${before.name} are changed`] : []),
  ];
}

test.each([
  [
    "a column with a value of its own per row",
    `ALTER TABLE contact ADD COLUMN x UUID DEFAULT gen_random_uuid()`,
    ["contact is written anew"],
  ],
  [
    "another type",
    `ALTER TABLE saved_view ALTER COLUMN query TYPE BIGINT USING 1`,
    ["saved_view is written anew"],
  ],
  [
    "a column that may no longer be null",
    `ALTER TABLE contact ALTER COLUMN first_name SET NOT NULL`,
    ["contact is read from end to end"],
  ],
  [
    "an index in the transaction",
    `CREATE INDEX planted ON contact (first_name)`,
    ["contact is read from end to end"],
  ],
  [
    "a check",
    `ALTER TABLE contact ADD CONSTRAINT planted CHECK (first_name <> '')`,
    ["contact is read from end to end", "contact is checked for a constraint"],
  ],
  [
    "a foreign key",
    `ALTER TABLE contact ADD CONSTRAINT planted FOREIGN KEY (workspace_id) REFERENCES workspace (id)`,
    ["contact is checked for a constraint"],
  ],
  [
    "rows that are changed",
    `UPDATE contact SET first_name = 'x' WHERE id = 'con_1'`,
    ["rows of contact are changed"],
  ],
])("%s breaks the rule", async (_, sql, faults) => {
  expect(await faultsOf(sql, "ROLLBACK")).toEqual(expect.arrayContaining(faults));
});

test.each([
  ["a column that may be null", `ALTER TABLE contact ADD COLUMN x TEXT`],
  ["a column with one value", `ALTER TABLE contact ADD COLUMN x INTEGER NOT NULL DEFAULT 0`],
  [
    "a check of new rows alone",
    `ALTER TABLE contact ADD CONSTRAINT planted CHECK (first_name <> '') NOT VALID`,
  ],
  [
    "a table with a foreign key",
    `CREATE TABLE planted (id TEXT PRIMARY KEY, contact_id TEXT NOT NULL); CREATE INDEX planted_idx ON planted (contact_id); ALTER TABLE planted ADD CONSTRAINT planted_fkey FOREIGN KEY (contact_id) REFERENCES contact (id)`,
  ],
  [
    "an index of activity that its partitions do not have yet",
    `CREATE INDEX planted ON ONLY activity (workspace_id, secret_id, id)`,
  ],
  [
    "an index that is built beside calls",
    `-- Why.\nCREATE INDEX CONCURRENTLY "planted" ON "contact" ("first_name");\n`,
  ],
])("%s keeps it", async (_, sql) => {
  expect(await faultsOf(sql, "ROLLBACK")).toEqual([]);
});

test("every migration since the rule keeps it", async () => {
  const since = (await readMigrations()).filter(({ name }) => name > LAST_BEFORE_THE_RULE);
  for (const { name, sql } of since)
    expect([name, await faultsOf(sql, "COMMIT")]).toEqual([name, []]);
}, 120_000);
