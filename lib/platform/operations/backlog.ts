import type { QueryResult } from "pg";
import { SECOND_MS } from "@/lib/platform/clock";
import { isEmbeddedDatabase, pool } from "@/lib/platform/database/pool";
import { askedTogether } from "@/lib/platform/operations/asked-together";
import type { Metric } from "@/lib/platform/operations/metric";

/** The longest that the database works for one answer, and that a scrape waits for it. */
const PATIENCE_MS = 2 * SECOND_MS;
/** The time an answer is kept: every process asks by itself, however many scrape it. */
const KEPT_MS = 10 * SECOND_MS;

/** Work that is due: the pieces, and since when the oldest is. Null seconds: nothing is due. */
export type Backlog = { due: number; oldestSeconds: number | null };

/**
 * A question to the database for a backlog. `text` is one statement without parameters that gives one row of a
 * `Backlog`. It rejects within two seconds where the database is away or has more to count.
 */
export function backlogIn(text: string): () => Promise<Backlog> {
  return askedTogether(async () => await ask(text), { keepMs: KEPT_MS, patienceMs: PATIENCE_MS });
}

/** The two metrics of a backlog: the pieces that are due, and the age of the oldest. */
export function backlogMetrics(
  names: Readonly<Record<keyof Backlog, Pick<Metric, "name" | "help">>>,
  ask: () => Promise<Backlog>,
): Metric[] {
  return [
    { ...names.due, type: "gauge", read: async () => [{ value: (await ask()).due }] },
    {
      ...names.oldestSeconds,
      type: "gauge",
      read: async () => [{ value: (await ask()).oldestSeconds ?? 0 }],
    },
  ];
}

async function ask(text: string): Promise<Backlog> {
  const { rows } = await run(text);
  if (!rows[0]) throw new Error("The database told no backlog.");
  return rows[0];
}

/**
 * One message to the server, which gives the statement up by itself. Compiling it would take longer than running it. The
 * embedded database gives nothing up, and its one session must not be left in a transaction that failed.
 */
async function run(text: string): Promise<QueryResult<Backlog>> {
  if (isEmbeddedDatabase()) return await pool().query<Backlog>(text);
  const results = await pool().query(
    `BEGIN; SET LOCAL statement_timeout = ${PATIENCE_MS}; SET LOCAL jit = off; ${text}; COMMIT`,
  );
  return (results as unknown as QueryResult<Backlog>[])[3] as QueryResult<Backlog>;
}
