import { AsyncLocalStorage } from "node:async_hooks";
import { pool } from "@/lib/platform/database/pool";
import { SharingAdapter, shareThePool } from "@/lib/platform/database/thin-query";
import { processWide } from "@/lib/platform/process-wide";
import { type Prisma, PrismaClient } from "@/prisma/generated/client";

/** The client inside a transaction. A query beside it, awaited inside it, hangs the embedded database. */
export type Transaction = Prisma.TransactionClient;

type Model = Exclude<keyof Transaction, `$${string}` | symbol>;
type Read = "findUnique" | "findFirst" | "findMany" | "count" | "aggregate" | "groupBy";

/** The database for code that only reads: a client or a transaction without its writes. */
export type Reader = { readonly [M in Model]: Pick<Transaction[M], Read> } & Pick<
  Transaction,
  "$queryRaw"
>;

/** Time a transaction may take. */
const TRANSACTION_MS = 15_000;

/** Time everything inside `atomically` may take from its first write on: a batch on a busy machine. */
const ATOMIC_MS = 60_000;

/**
 * The process's Prisma client, for statements that stand alone: tests, the demo's data, and what runs at start.
 * Features use `reader` and `transact`. Inside `atomically` it throws, since a query beside the transaction
 * would hang the embedded database and escape the undoing.
 */
export function db(): PrismaClient {
  if (units().running.getStore())
    throw new Error("Inside `atomically`, use reader() and transact().");
  return client();
}

/** Where to read: the transaction under way inside `atomically`, elsewhere the process's client. */
export function reader(): Reader {
  return units().running.getStore()?.transaction ?? client();
}

/**
 * Runs `work` in a transaction: the one under way inside `atomically`, elsewhere one of its own, which may take
 * `timeoutMs`. It commits when `work` resolves, a returned failure included, and is undone when `work` throws.
 */
export async function transact<T>(
  work: (tx: Transaction) => Promise<T>,
  timeoutMs: number = TRANSACTION_MS,
): Promise<T> {
  const unit = units().running.getStore();
  return unit ? await work(await unit.open()) : await begin(work, timeoutMs);
}

/**
 * Runs `work` as one unit: everything that it and what it calls does by `transact` happens, or nothing does if
 * it throws. The transaction begins with the first `transact`; reads before it hold no connection, so a template
 * may take its time. A failed statement ends the transaction, so code inside must not catch one and go on; and
 * it must not use `pool()`, whose connections know nothing of it (docs/decisions/unit-of-work.md).
 */
export async function atomically<T>(work: () => Promise<T>): Promise<T> {
  const unit = new UnitOfWork();
  units().underWay += 1;
  try {
    const value = await units().running.run(unit, work);
    await unit.commit();
    return value;
  } catch (error) {
    await unit.undo();
    throw error;
  } finally {
    units().underWay -= 1;
    // Node 20 follows every promise of the process for it, which makes all calls dearer (`thin-query.ts`).
    if (units().underWay === 0) units().running.disable();
  }
}

/**
 * Runs a write that is a single statement of `thinQuery`: in the transaction under way inside `atomically`, elsewhere by
 * itself, which saves the round trips of a transaction.
 */
export async function asOneStatement<T>(work: (on: Reader) => Promise<T>): Promise<T> {
  const unit = units().running.getStore();
  return await work(unit ? await unit.open() : client());
}

/** Whether the running code belongs to a unit, so that everything it writes must go into the unit's transaction. */
export function isAtomic(): boolean {
  return units().running.getStore() !== undefined;
}

/** Closes the pool; the process can no longer query. */
export async function closeDatabase(): Promise<void> {
  await client().$disconnect();
  await pool().end();
}

function client(): PrismaClient {
  return processWide("prisma", () => {
    const made = new PrismaClient({
      adapter: new SharingAdapter(pool()),
      // Errors end up in the log; the other formats also quote the code around the call.
      errorFormat: "minimal",
      transactionOptions: { maxWait: 5_000, timeout: TRANSACTION_MS },
    });
    shareThePool(made);
    return made;
  });
}

async function begin<T>(work: (tx: Transaction) => Promise<T>, timeout: number): Promise<T> {
  return await client().$transaction(work, { timeout });
}

type Units = { running: AsyncLocalStorage<UnitOfWork>; underWay: number };

/** The unit that the running code belongs to. Next and `server.ts` load this module several times. */
function units(): Units {
  return processWide("units-of-work", () => ({ running: new AsyncLocalStorage(), underWay: 0 }));
}

/** A transaction that begins with the first write and ends with the unit. */
class UnitOfWork {
  private opened: Promise<Transaction> | null = null;
  private ended: Promise<void> | null = null;
  private end = (_: "commit" | "undo") => {};
  transaction: Transaction | null = null;

  /** The transaction, which stays open until the unit is committed or undone. */
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
      this.ended = begin(run, ATOMIC_MS);
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
      // The transaction ends by this error: that is what undoing is.
    });
  }
}

class UndoneError extends Error {}
