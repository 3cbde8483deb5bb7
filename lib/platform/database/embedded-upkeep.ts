import { escapeIdentifier } from "pg";
import { isEmbeddedDatabase, pool } from "@/lib/platform/database/pool";

/** A table is cleaned up when this many of its rows are dead, and a fifth of all, as autovacuum would. */
const DEAD_ROWS = 2_000;
/** Nobody else is served meanwhile. A table of this size takes about a second; a larger one is left as it is. */
const MAX_BYTES = 128 * 1024 * 1024;
const TABLES_AT_A_TIME = 20;

/**
 * Takes dead rows out of the embedded database's tables and gathers their statistics. A server does so by itself
 * (PostgreSQL, ch. 25.1); the embedded one has no such process, and the queue's table alone grew by 300 bytes for each
 * email. Does nothing on a server.
 */
export async function cleanUpEmbeddedTables(): Promise<void> {
  if (!isEmbeddedDatabase()) return;
  const { rows } = await pool().query<{ schema: string; name: string }>(
    `SELECT schemaname AS schema, relname AS name FROM pg_stat_user_tables
     WHERE n_dead_tup > $1 AND n_dead_tup * 4 > n_live_tup AND pg_total_relation_size(relid) < $2
     ORDER BY n_dead_tup DESC LIMIT $3`,
    [DEAD_ROWS, MAX_BYTES, TABLES_AT_A_TIME],
  );
  for (const { schema, name } of rows) {
    await pool().query(`VACUUM (ANALYZE) ${escapeIdentifier(schema)}.${escapeIdentifier(name)}`);
  }
}
