import type { EventEmitter } from "node:events";
import { Pool, type PoolClient } from "pg";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";

/** Set by `server.ts` when it runs the embedded Postgres, whose connections all share one session. */
const EMBEDDED_FLAG = "POSTERN_EMBEDDED_DATABASE";

/** Whether this process talks to the embedded Postgres: one connection, and no named statements. */
export function isEmbeddedDatabase(): boolean {
  return process.env[EMBEDDED_FLAG] === "1";
}

/** Points every later query of this process at the embedded Postgres behind `url`. */
export function connectToEmbeddedDatabase(url: string): void {
  process.env.DATABASE_URL = url;
  process.env[EMBEDDED_FLAG] = "1";
}

/** Where the database of this process is. */
export function databaseUrl(): string {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set");
  return url;
}

/** The process's one pool of connections. A hung or full database fails a query within seconds, never hangs it. */
export function pool(): Pool {
  return processWide("pool", () => {
    const made = new Pool({
      connectionString: databaseUrl(),
      max: isEmbeddedDatabase() ? 1 : env().DATABASE_POOL_SIZE,
      connectionTimeoutMillis: 5_000,
      query_timeout: 15_000,
      // Prisma's adapter writes instants without their offset, so the session must count in UTC.
      ...(isEmbeddedDatabase() ? {} : { statement_timeout: 15_000, options: "-c TimeZone=UTC" }),
      keepAlive: true,
    });
    made.on("error", (error) => log.warn({ err: error }, "an idle database connection was lost"));
    made.on("connect", noteAnswersOf);
    return made;
  });
}

/** The moment, on the clock of `performance.now()`, at which the database last finished a statement. */
export function lastAnswerMs(): number {
  return answers().lastMs;
}

/** Postgres says that it is ready for the next statement after each one, also inside a transaction. */
function noteAnswersOf(client: PoolClient): void {
  const { connection } = client as unknown as { connection: EventEmitter };
  connection.on("readyForQuery", () => {
    answers().lastMs = performance.now();
  });
}

function answers(): { lastMs: number } {
  return processWide("database-answers", () => ({ lastMs: 0 }));
}
