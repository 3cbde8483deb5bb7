import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import type { Pool, PoolClient } from "pg";
import { pool } from "@/lib/platform/database/pool";
import { statementName } from "@/lib/platform/database/statement-names";
import { processWide } from "@/lib/platform/process-wide";
import type { Prisma } from "@/prisma/generated/client";

/**
 * Runs one of the few statements that most calls make, by `pg` itself: on the connection of the transaction `on`, or
 * on any where `on` is the process's client. Prisma takes several times as long for the same statement, most of it CPU
 * time of this process (docs/decisions/thin-queries.md). Rows hold what `pg` makes of the columns: 64-bit integers are
 * texts, so cast counts to `int`.
 */
export async function thinQuery<Row extends object>(
  on: object,
  { text, values }: Prisma.Sql,
): Promise<Row[]> {
  const connection = sharing().connections.get(on);
  if (!connection) throw new Error("`transact` opens the transactions that thinQuery runs in.");
  const name = statementName(text);
  const { rows } = await connection.query<Row>({ text, values, ...(name ? { name } : {}) });
  return rows;
}

/** Lets `thinQuery` run on any connection of the pool for this client. */
export function shareThePool(client: object): void {
  sharing().connections.set(client, pool());
}

/** Lets `thinQuery` run in the transaction that `begin` opens with Prisma and hands to `work`. */
export async function shareConnection<Tx extends object, T>(
  work: (tx: Tx) => Promise<T>,
  begin: (work: (tx: Tx) => Promise<T>) => Promise<T>,
): Promise<T> {
  const { connections, opening } = sharing();
  const opened: Opened = { connection: null };
  return await opening.run(opened, async () =>
    begin(async (tx) => {
      if (opened.connection) connections.set(tx, opened.connection);
      return await work(tx);
    }),
  );
}

/** Prisma's adapter, which tells `shareConnection` on which connection a transaction runs. */
export class SharingAdapter extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const startTransaction = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolation) => {
      const transaction = await startTransaction(isolation);
      const opened = sharing().opening.getStore();
      if (opened) opened.connection = innerSide(transaction).client;
      return transaction;
    };
    return adapter;
  }
}

type Opened = { connection: PoolClient | null };

/** The part of Prisma's transaction that its types leave out. */
function innerSide(transaction: object): { client: PoolClient } {
  return transaction as { client: PoolClient };
}

/** Where the clients and transactions of Prisma run, and the transaction that is being opened. */
type Sharing = {
  connections: WeakMap<object, Pool | PoolClient>;
  opening: AsyncLocalStorage<Opened>;
};

function sharing(): Sharing {
  return processWide("thin-queries", () => ({
    connections: new WeakMap<object, Pool | PoolClient>(),
    opening: new AsyncLocalStorage<Opened>(),
  }));
}
