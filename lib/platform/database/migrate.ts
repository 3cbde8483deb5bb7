import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Client } from "pg";
import { connectTo } from "@/lib/platform/database/connect";
import { installQueue } from "@/lib/platform/database/install-queue";
import { applyMigrations, type Migration } from "@/lib/platform/database/schema-engine";

const MIGRATIONS_DIR = "prisma/migrations";
/** An arbitrary constant: every Postern process must ask for the same lock. */
const MIGRATION_LOCK = 7_067_812;
/** The pause before a process asks again whether it may migrate. */
const TURN_MS = 200;

/** The names of the migrations that a database has, as `migration_name`. */
export const APPLIED_MIGRATIONS =
  "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL";

/**
 * Brings the database at `url` to the schema of this code, the queue's tables included. Several processes may
 * start at once; one of them migrates. Returns the names of the migrations it applied.
 * @param sharedSession true for the embedded database, whose single session cannot hold a lock beside
 * the migration, and which only this process can open anyway.
 */
export async function migrate(url: string, sharedSession: boolean): Promise<string[]> {
  const migrations = await readMigrations();
  if (sharedSession) return await applyPending(url, migrations);
  const guard = await connectTo(url);
  try {
    await takeTurn(guard);
    return await applyPending(url, migrations);
  } finally {
    await guard.end();
  }
}

/**
 * Waits until no other process migrates. It asks again and again, since an index that is built beside calls waits for
 * every statement under way: one that waits for the lock would never end.
 */
async function takeTurn(guard: Client): Promise<void> {
  for (;;) {
    const { rows } = await guard.query("SELECT pg_try_advisory_lock($1) AS mine", [MIGRATION_LOCK]);
    if (rows[0].mine) return;
    await setTimeout(TURN_MS);
  }
}

/** The migrations of this code, oldest first. */
export async function readMigrations(): Promise<Migration[]> {
  return await Promise.all(
    (await migrationNames()).map(async (name) => ({
      name,
      sql: await readFile(path.join(MIGRATIONS_DIR, name, "migration.sql"), "utf8"),
    })),
  );
}

/** The names of the migrations of this code, oldest first. */
export async function migrationNames(): Promise<string[]> {
  const entries = await readdir(MIGRATIONS_DIR, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Whether the database at `url` has seen every migration of this code. */
export async function isUpToDate(url: string): Promise<boolean> {
  const [names, applied] = await Promise.all([migrationNames(), appliedMigrations(url)]);
  return names.every((name) => applied.has(name));
}

/** Asks first whether anything is to apply: loading the engine takes longer, and most starts do not need it. */
async function applyPending(url: string, migrations: Migration[]): Promise<string[]> {
  await installQueue(url);
  const applied = await appliedMigrations(url);
  if (migrations.every(({ name }) => applied.has(name))) return [];
  return await applyMigrations(url, migrations);
}

/** The names of the migrations that the database at `url` has seen. */
export async function appliedMigrations(url: string): Promise<Set<string>> {
  const client = await connectTo(url);
  try {
    const table = await client.query(
      "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS made",
    );
    if (!table.rows[0].made) return new Set();
    const { rows } = await client.query(APPLIED_MIGRATIONS);
    return new Set(rows.map((row) => row.migration_name));
  } finally {
    await client.end();
  }
}
