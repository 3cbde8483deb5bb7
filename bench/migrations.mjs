// `node bench/migrations.mjs [rows]`: how long callers wait while migrations run on tables of a million rows
// (docs/decisions/migrations.md). Fails where one that keeps the rule holds anybody up for a second. Makes a database of
// its own on the PostgreSQL server that DATABASE_URL names.
import { setTimeout as pause } from "node:timers/promises";
import { register } from "tsx/esm/api";
import { connectTo, withDatabase } from "./bench-database.mjs";
import { fillTables } from "./full-tables.mjs";
import { startCallers } from "./lock-waits.mjs";
import { showTable } from "./readme-table.mjs";

const [ROWS = 1_000_000] = process.argv.slice(2).map(Number).filter(Boolean);
/** The longest that anybody may wait. */
const RULE_MS = 1_000;
const QUIET_MS = 5_000;
const SLOW_S = 3;

/** Typical changes, made in ways that keep the rule. */
const KEEPING = [
  ["a column that may be null", onEach((table) => `ALTER TABLE ${table} ADD COLUMN bench_1 TEXT`)],
  [
    "a column with one value",
    onEach((table) => `ALTER TABLE ${table} ADD COLUMN bench_2 INTEGER NOT NULL DEFAULT 0`),
  ],
  [
    "a check of new rows alone",
    onEach(
      (table) => `ALTER TABLE ${table} ADD CONSTRAINT bench CHECK (workspace_id <> '') NOT VALID`,
    ),
  ],
  [
    "a table with a foreign key to contacts",
    `CREATE TABLE bench (contact_id TEXT PRIMARY KEY REFERENCES contact (id) ON DELETE CASCADE)`,
  ],
  [
    "an index of contacts, built beside calls",
    `CREATE INDEX CONCURRENTLY "bench_contact" ON "contact" ("workspace_id", "last_clicked_at", "id")`,
  ],
  [
    "an index of emails, built beside calls",
    `CREATE INDEX CONCURRENTLY "bench_email" ON "email" ("workspace_id", "opened_at", "id")`,
  ],
  [
    "an index of activity, of no partition yet",
    `CREATE INDEX bench_activity ON ONLY activity (workspace_id, secret_id, id)`,
  ],
];

/** The same beside a statement that takes long, behind which everybody would wait who comes after the migration. */
const BEHIND = [
  `a column, while a statement of ${SLOW_S} s reads contacts`,
  `ALTER TABLE contact ADD COLUMN bench_3 TEXT`,
];

/** Changes that the rule forbids, as a measure of the others. */
const BREAKING = [
  [
    "an index of contacts, built in the transaction",
    `CREATE INDEX bench_inside ON contact (workspace_id, last_opened_at, id)`,
  ],
  [
    "a column of contacts that may no longer be null",
    `ALTER TABLE contact ALTER COLUMN last_name SET NOT NULL`,
  ],
  [
    "a column of members with a value of its own for each",
    `ALTER TABLE member ADD COLUMN bench_4 UUID NOT NULL DEFAULT gen_random_uuid()`,
  ],
];

register();
const { readMigrations } = await import("../lib/platform/database/migrate.ts");
const { applyMigrations } = await import("../lib/platform/database/schema-engine.ts");
const { keepPartitions } = await import("../lib/access/activity/recording/partitions.ts");
const { closeDatabase } = await import("../lib/platform/database/unit-of-work.ts");
const { LAST_BEFORE_THE_RULE } = await import("../lib/testing/migration-rule.ts");

await withDatabase("migrations", async (url) => {
  process.env.DATABASE_URL = url;
  const migrations = await readMigrations();
  const applied = migrations.filter(({ name }) => name <= LAST_BEFORE_THE_RULE);
  await applyMigrations(url, applied);
  await keepPartitions(new Date());
  await closeDatabase();
  await fillTables(url, ROWS);
  const callers = await startCallers(url, ROWS);
  const apply = async (migration) => {
    applied.push(migration);
    await applyMigrations(url, applied);
  };
  const planted = (what, sql) => [what, () => apply({ name: `9_${applied.length}`, sql })];
  const since = migrations.filter(({ name }) => name > LAST_BEFORE_THE_RULE);
  const keeping = [
    ...since.map((migration) => [`\`${migration.name}\``, () => apply(migration)]),
    ...KEEPING.map(([what, sql]) => planted(what, sql)),
    ["and then of each partition, built beside calls", () => indexPartitions(url)],
    [
      BEHIND[0],
      () => beside(url, `SELECT pg_sleep(${SLOW_S}) FROM contact LIMIT 1`, planted(...BEHIND)[1]),
    ],
  ];
  const rows = [await measure(callers, "no migration", () => pause(QUIET_MS))];
  for (const [what, work] of keeping) rows.push(await measure(callers, what, work));
  const longest = Math.max(...rows.map(({ longestMs }) => longestMs));
  for (const [what, sql] of BREAKING)
    rows.push(await measure(callers, ...planted(`breaks the rule: ${what}`, sql)));
  await callers.stop();
  showTable(
    "migrations",
    ["", "took", "p99", "longest write", "longest read"],
    rows.map(({ cells }) => cells),
    `${ROWS.toLocaleString("en")} rows in each of six tables, a writer and a reader of each;`,
  );
  if (longest > RULE_MS) {
    console.error(`Somebody waited for ${Math.round(longest)} ms.`);
    process.exitCode = 1;
  }
});

/** The same done to every table that grows with calls. */
function onEach(statement) {
  return ["contact", "email", "activity"].map(statement).join(";\n");
}

async function measure(callers, what, work) {
  const { tookMs, writes, reads } = await callers.meanwhile(work);
  const all = [...writes, ...reads].toSorted((a, b) => a - b);
  const [longestWrite, longestRead] = [writes, reads].map((took) =>
    took.reduce((a, b) => Math.max(a, b), 0),
  );
  const p99 = all[Math.floor(all.length * 0.99)];
  return {
    cells: [what, ms(tookMs), ms(p99), ms(longestWrite), ms(longestRead)],
    longestMs: Math.max(longestWrite, longestRead),
  };
}

/** Postgres builds no index of a partitioned table beside calls. It does of each partition, and takes them in. */
async function indexPartitions(url) {
  const client = await connectTo(url);
  const { rows } = await client.query(
    "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'activity'::regclass",
  );
  for (const { name } of rows) {
    await client.query(
      `CREATE INDEX CONCURRENTLY bench_${name} ON ${name} (workspace_id, secret_id, id)`,
    );
    await client.query(`ALTER INDEX bench_activity ATTACH PARTITION bench_${name}`);
  }
  await client.end();
}

/** Does `work` once another connection is at a statement. */
async function beside(url, statement, work) {
  const client = await connectTo(url);
  const under = client.query(statement);
  await pause(100);
  await work();
  await under;
  await client.end();
}

function ms(value) {
  return value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value).toLocaleString("en")} ms`;
}
