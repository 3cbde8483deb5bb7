import { Logger, runMigrations } from "graphile-worker";
import { Pool } from "pg";

/** A silent logger: the lines the library prints while installing are of no use to an operator. */
const SILENT = new Logger(() => () => {});

/** Creates the queue's tables (schema `graphile_worker`) in the database at `url`, or brings them up to date. */
export async function installQueue(url: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 10_000 });
  try {
    await runMigrations({ pgPool: pool, noPreparedStatements: true, logger: SILENT });
  } finally {
    await pool.end();
  }
}
