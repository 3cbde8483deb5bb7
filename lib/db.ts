import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { processWide } from "@/lib/process-wide";
import { type Prisma, PrismaClient } from "@/prisma/generated/client";

/** The client inside a transaction. A query beside it, awaited inside it, hangs the embedded database. */
export type Transaction = Prisma.TransactionClient;

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
    return made;
  });
}

function prismaClient(): PrismaClient {
  return processWide(
    "prisma",
    () =>
      new PrismaClient({
        adapter: new PrismaPg(pool()),
        // Errors end up in the log; the other formats also quote the code around the call.
        errorFormat: "minimal",
        transactionOptions: { maxWait: 5_000, timeout: 15_000 },
      }),
  );
}

/** The transaction that `atomically` opened around the code that is running, if it did. */
function ambientTransaction(): AsyncLocalStorage<Transaction> {
  return processWide("ambient-transaction", () => new AsyncLocalStorage<Transaction>());
}

/** So long may everything inside `atomically` take: a batch of a thousand on a busy machine. */
const ATOMIC_MS = 60_000;

/**
 * The database. Opened by the first query, so that importing a file opens nothing. Inside `atomically`
 * every query belongs to that one transaction, and `$transaction` goes on in it.
 */
export const db: PrismaClient = new Proxy({} as PrismaClient, {
  get: (_, property) => {
    const transaction = ambientTransaction().getStore();
    if (transaction && property === "$transaction") return continueIn(transaction);
    const client = transaction ?? prismaClient();
    const value: unknown = Reflect.get(client, property);
    return typeof value === "function" ? value.bind(client) : value;
  },
});

function continueIn(transaction: Transaction) {
  return (work: (transaction: Transaction) => Promise<unknown>) => work(transaction);
}

/**
 * Runs `work` in one transaction: everything it asks of `db` happens, or nothing does if it throws.
 * A failed statement ends the transaction, so code that runs in it must not catch one and go on; and it
 * must not use `pool()`, whose connections know nothing of it.
 */
export async function atomically<T>(work: () => Promise<T>): Promise<T> {
  const run = (transaction: Transaction) => ambientTransaction().run(transaction, work);
  return await db.$transaction(run, { timeout: ATOMIC_MS });
}

/** Closes the pool; the process can no longer query. */
export async function closeDatabase(): Promise<void> {
  await prismaClient().$disconnect();
  await pool().end();
}
