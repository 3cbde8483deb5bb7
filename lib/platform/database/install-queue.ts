import { Logger, runMigrations } from "graphile-worker";
import { Pool } from "pg";
import { CONNECT_MS } from "@/lib/platform/database/connect";

/** A silent logger: the lines the library prints while installing are of no use to an operator. */
const SILENT = new Logger(() => () => {});

/** Creates the queue's tables (schema `graphile_worker`) in the database at `url`, or brings them up to date. */
export async function installQueue(url: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1, connectionTimeoutMillis: CONNECT_MS });
  // A connection that is lost fails the statement under way, which is what counts here.
  pool.on("error", () => {}).on("connect", (client) => client.on("error", () => {}));
  try {
    await runMigrations({ pgPool: pool, noPreparedStatements: true, logger: SILENT });
  } finally {
    await pool.end();
  }
}
