import { SECOND_MS } from "@/lib/platform/clock";
import { APPLIED_MIGRATIONS, migrationNames } from "@/lib/platform/database/migrate";
import { isEmbeddedDatabase, isExecuting, pool } from "@/lib/platform/database/pool";

/** The longest that a connection is kept for a question of a monitor. */
const QUERY_MS = 2 * SECOND_MS;

/** Resolves when the database answers. Rejects when it does not. */
export async function checkDatabase(): Promise<void> {
  if (isBusyHere()) return;
  const question = { text: "SELECT 1", query_timeout: QUERY_MS };
  await pool().query(question);
}

/** Resolves when the database has every migration of this code. Rejects with the first that it lacks. */
export async function checkMigrations(): Promise<void> {
  if (isBusyHere()) return;
  const question = { text: APPLIED_MIGRATIONS, query_timeout: QUERY_MS };
  const { rows } = await pool().query<{ migration_name: string }>(question);
  const applied = new Set(rows.map(({ migration_name }) => migration_name));
  const missing = (await migrationNames()).find((name) => !applied.has(name));
  if (missing) throw new Error(`The database lacks the migration ${missing}.`);
}

/** The embedded database does one statement at a time, so a question behind a long one would call it away. */
function isBusyHere(): boolean {
  return isEmbeddedDatabase() && isExecuting();
}
