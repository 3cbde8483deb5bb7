import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";
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

/** What `atomically` keeps for the code that it runs: a transaction, from the first write on. */
class Scope {
  private opened: Promise<Transaction> | null = null;
  private ended: Promise<void> | null = null;
  private end = (_: "commit" | "undo") => {};
  transaction: Transaction | null = null;

  /** The transaction, which stays open until the scope is settled. */
  async open(): Promise<Transaction> {
    this.opened ??= new Promise((resolve, reject) => {
      const settled = new Promise<void>((commit, undo) => {
        this.end = (how) => (how === "commit" ? commit() : undo(new UndoneError()));
      });
      // Nobody waits for it where the transaction could not be begun.
      settled.catch(() => {});
      const run = async (transaction: Transaction) => {
        this.transaction = transaction;
        resolve(transaction);
        await settled;
      };
      this.ended = prismaClient().$transaction(run, { timeout: ATOMIC_MS });
      this.ended.catch(reject);
    });
    return await this.opened;
  }

  async commit(): Promise<void> {
    this.end("commit");
    await this.ended;
  }

  async undo(): Promise<void> {
    this.end("undo");
    await this.ended?.catch(() => {
      // That is what undoing is.
    });
  }
}

class UndoneError extends Error {}

function scopes(): AsyncLocalStorage<Scope> {
  return processWide("atomic-scopes", () => new AsyncLocalStorage<Scope>());
}

/** So long may everything inside `atomically` take from its first write on: a batch on a busy machine. */
const ATOMIC_MS = 60_000;

/**
 * The database. Opened by the first query, so that importing a file opens nothing. Inside `atomically`
 * every `$transaction` goes on in the same one, and from the first of them on every query belongs to it.
 */
export const db: PrismaClient = new Proxy({} as PrismaClient, {
  get: (_, property) => {
    const scope = scopes().getStore();
    if (scope && property === "$transaction") return continueIn(scope);
    const client = scope?.transaction ?? prismaClient();
    const isBeside = scope !== undefined && !scope.transaction;
    if (isBeside) refuseWriting(property);
    const value: unknown = Reflect.get(client, property);
    if (typeof value === "function") return value.bind(client);
    const isModel = typeof value === "object" && value !== null;
    return isModel && isBeside ? onlyRead(value) : value;
  },
});

/** A model that cannot be written beside the transaction that is to come. */
function onlyRead(model: object): object {
  return new Proxy(model, {
    get: (target, operation) => {
      refuseWriting(operation);
      return Reflect.get(target, operation);
    },
  });
}

/** To write beside it is a bug, found at once. What a `$queryRaw` does cannot be told from here. */
function refuseWriting(operation: string | symbol): void {
  if (/^(create|update|upsert|delete|\$executeRaw)/.test(String(operation))) {
    throw new Error("Inside `atomically`, write in a $transaction.");
  }
}

function continueIn(scope: Scope) {
  return async (work: (transaction: Transaction) => Promise<unknown>) =>
    await work(await scope.open());
}

/**
 * Runs `work` as one transaction: everything that it does in a `$transaction` of `db` happens, or nothing does
 * if it throws. Only there may it write. What it reads before its first write holds no connection, so a template
 * may take its time. A failed statement ends the transaction, so code that runs in it must not catch one and
 * go on; and it must not use `pool()`, whose connections know nothing of it.
 */
export async function atomically<T>(work: () => Promise<T>): Promise<T> {
  const scope = new Scope();
  try {
    const value = await scopes().run(scope, work);
    await scope.commit();
    return value;
  } catch (error) {
    await scope.undo();
    throw error;
  }
}

/** Closes the pool; the process can no longer query. */
export async function closeDatabase(): Promise<void> {
  await prismaClient().$disconnect();
  await pool().end();
}
