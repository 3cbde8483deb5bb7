import { setTimeout } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { databaseUrl } from "@/lib/platform/database/pool";
import { applyMigrations } from "@/lib/platform/database/schema-engine";

const NAME = `postern_migrations_${process.pid}`;

const TEA = { name: "1_tea", sql: "CREATE TABLE tea (id INTEGER PRIMARY KEY, name TEXT)" };
const ORIGIN = { name: "2_origin", sql: "ALTER TABLE tea ADD COLUMN origin TEXT" };
const BY_NAME = {
  name: "3_by_name",
  sql: 'CREATE INDEX CONCURRENTLY "tea_name_idx" ON "tea" ("name");',
};

let url: string;

async function query(text: string, at = url): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: at });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** The durations of so many readings of the table. */
async function readAgainAndAgain(times: number): Promise<number[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const tooksMs: number[] = [];
  while (tooksMs.length < times) {
    const askedAtMs = performance.now();
    await client.query("SELECT FROM tea");
    tooksMs.push(performance.now() - askedAtMs);
    await setTimeout(20);
  }
  await client.end();
  return tooksMs;
}

// The embedded database has one session, in which nobody waits for anybody's lock.
const onServer = test.skipIf(inject("embedded"));

beforeAll(async () => {
  if (inject("embedded")) return;
  await query(`CREATE DATABASE ${NAME}`, databaseUrl());
  const own = new URL(databaseUrl());
  own.pathname = `/${NAME}`;
  url = own.href;
  await applyMigrations(url, [TEA]);
});

afterAll(async () => {
  if (!inject("embedded")) await query(`DROP DATABASE ${NAME} WITH (FORCE)`, databaseUrl());
});

onServer(
  "a migration that waits for a long statement keeps nobody waiting for a second",
  async () => {
    const reader = new Client({ connectionString: url });
    await reader.connect();
    await reader.query("BEGIN; SELECT FROM tea");
    let done = false;
    const sql = "ALTER TABLE tea ADD COLUMN origin TEXT";
    const applied = applyMigrations(url, [{ name: "2_origin", sql }]).finally(() => {
      done = true;
    });
    await expect
      .poll(
        async () =>
          await query(
            `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = '${NAME}'`,
          ),
        {
          timeout: 20_000,
        },
      )
      .toHaveLength(1);
    const tooksMs = await readAgainAndAgain(100);
    expect(done).toBe(false);
    expect(Math.max(...tooksMs)).toBeLessThan(1_000);
    await reader.query("COMMIT");
    await reader.end();
    expect(await applied).toEqual(["2_origin"]);
    await query("SELECT origin FROM tea");
  },
  60_000,
);

onServer("an index is built beside calls, again where a process was killed at it", async () => {
  // Such a process leaves behind an index that is of no use, and a migration that was begun.
  await query('CREATE INDEX "tea_name_idx" ON "tea" ("id")');
  await query(`INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, applied_steps_count)
    VALUES ('killed', 'x', '3_by_name', now(), 0)`);
  expect(await applyMigrations(url, [TEA, ORIGIN, BY_NAME])).toEqual(["3_by_name"]);
  const [index] = await query("SELECT indexdef FROM pg_indexes WHERE indexname = 'tea_name_idx'");
  expect(index?.indexdef).toContain("(name)");
});
