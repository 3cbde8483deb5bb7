import type { EventEmitter } from "node:events";
import { Pool, type PoolClient } from "pg";
import { noteDatabaseAway } from "@/lib/platform/database/away";
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
    const made = new WatchedPool({
      connectionString: databaseUrl(),
      max: isEmbeddedDatabase() ? 1 : env().DATABASE_POOL_SIZE,
      connectionTimeoutMillis: 5_000,
      query_timeout: 15_000,
      // Prisma's adapter writes instants without their offset, so the session must count in UTC.
      ...(isEmbeddedDatabase() ? {} : { statement_timeout: 15_000, options: "-c TimeZone=UTC" }),
      keepAlive: true,
    });
    made.on("error", (error) => {
      noteDatabaseAway();
      log.warn({ err: error }, "an idle database connection was lost");
    });
    made.on("connect", watch);
    made.on("remove", (client) => signs().clients.delete(client));
    return made;
  });
}

type OnConnected = Parameters<Pool["connect"]>[0];

/** Notes when no connection can be had. Every query asks for one by this method. */
class WatchedPool extends Pool {
  override connect(): Promise<PoolClient>;
  override connect(onConnected: OnConnected): void;
  override connect(onConnected?: OnConnected): Promise<PoolClient> | undefined {
    if (!onConnected) {
      return super.connect().catch((error: unknown) => {
        noteDatabaseAway();
        throw error;
      });
    }
    super.connect((error, client, done) => {
      if (error) noteDatabaseAway();
      onConnected(error, client, done);
    });
    return undefined;
  }
}

/** What can be seen of the database without asking it. */
type Signs = { lastAnswerMs: number; clients: Set<PoolClient> };

/** The moment, on the clock of `performance.now()`, at which the database last finished a statement. */
export function lastAnswerMs(): number {
  return signs().lastAnswerMs;
}

/** Whether a connection of the pool has a statement under way. */
export function isExecuting(): boolean {
  return [...signs().clients].some((client) => !innerSide(client).readyForQuery);
}

/** Postgres says that it is ready for the next statement after each one, also inside a transaction. */
function watch(client: PoolClient): void {
  const { clients } = signs();
  clients.add(client);
  innerSide(client).connection.on("readyForQuery", () => {
    signs().lastAnswerMs = performance.now();
  });
}

/** The part of a client that its types leave out. */
function innerSide(client: PoolClient): { connection: EventEmitter; readyForQuery: boolean } {
  return client as unknown as { connection: EventEmitter; readyForQuery: boolean };
}

function signs(): Signs {
  return processWide("database-signs", () => ({ lastAnswerMs: 0, clients: new Set<PoolClient>() }));
}
