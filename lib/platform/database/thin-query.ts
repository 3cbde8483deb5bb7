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
  const connection = sharing().connections.get(on) ?? (await connectionOf(on));
  const name = statementName(text);
  const { rows } = await connection.query<Row>({ text, values, ...(name ? { name } : {}) });
  return rows;
}

/** Lets `thinQuery` run on any connection of the pool for this client. */
export function shareThePool(client: object): void {
  sharing().connections.set(client, pool());
}

/** Prisma's adapter, whose transactions tell `thinQuery` which connection they run on. */
export class SharingAdapter extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const startTransaction = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolation) => {
      const transaction = await startTransaction(isolation);
      const queryRaw = transaction.queryRaw.bind(transaction);
      transaction.queryRaw = async (query) => {
        if (query.sql !== WHICH_CONNECTION) return await queryRaw(query);
        sharing().asked.get(Number(query.args[0]))?.(innerSide(transaction).client);
        return { columnNames: [], columnTypes: [], rows: [] };
      };
      return transaction;
    };
    return adapter;
  }
}

/** The question of `connectionOf` as it comes to the adapter, which answers it without the database. */
const WHICH_CONNECTION = "SELECT $1::int AS which_connection";

/**
 * The connection that a transaction of Prisma runs on. Prisma keeps it to itself, so the question goes through Prisma to
 * the adapter. An `AsyncLocalStorage` around the transaction's beginning would tell as well; but once one has run, Node 20
 * follows every promise of the process, which takes 13 % of a call's CPU time where no pages run beside it.
 */
async function connectionOf(on: object): Promise<PoolClient> {
  const { connections, asked } = sharing();
  sharing().questions += 1;
  const question = sharing().questions;
  const answers: PoolClient[] = [];
  asked.set(question, (connection) => answers.push(connection));
  try {
    await (on as Prisma.TransactionClient).$queryRaw`SELECT ${question}::int AS which_connection`;
  } finally {
    asked.delete(question);
  }
  const [connection] = answers;
  if (!connection) throw new Error("`transact` opens the transactions that thinQuery runs in.");
  connections.set(on, connection);
  return connection;
}

/** The part of Prisma's transaction that its types leave out. */
function innerSide(transaction: object): { client: PoolClient } {
  return transaction as { client: PoolClient };
}

/** The connections that clients and transactions of Prisma run on, and the questions about them that wait for an answer. */
type Sharing = {
  connections: WeakMap<object, Pool | PoolClient>;
  asked: Map<number, (connection: PoolClient) => void>;
  questions: number;
};

function sharing(): Sharing {
  return processWide("thin-queries", () => ({
    connections: new WeakMap<object, Pool | PoolClient>(),
    asked: new Map<number, (connection: PoolClient) => void>(),
    questions: 0,
  }));
}
