import { Logger, runMigrations } from "graphile-worker";
import { Pool } from "pg";

/** Says nothing: what the library tells of an installation is of no use to an operator. */
const SILENT = new Logger(() => () => {});

/** Makes the queue's own tables (schema `graphile_worker`) in `url`'s database, or brings them up to date. */
export async function installQueue(url: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 10_000 });
  try {
    await runMigrations({ pgPool: pool, noPreparedStatements: true, logger: SILENT });
  } finally {
    await pool.end();
  }
}
