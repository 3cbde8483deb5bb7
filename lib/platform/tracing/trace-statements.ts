import type { Pool, PoolClient } from "pg";
import { inSpan, tracing } from "@/lib/platform/tracing/tracing";

/** The most of a statement that is told. Values never stand in one: they go to the database beside it. */
const TEXT_MAX = 1_000;
const VERB = /^\s*([a-z]{1,20})\b/i;

type Query = (...given: unknown[]) => unknown;

/**
 * Makes each statement that the pool runs a part of the span under way. A statement outside of any is not told, such as
 * those that look for work. It goes by promises only: the pool calls its connections with functions, for statements that
 * are told already.
 */
export function traceStatements(pool: Pool): void {
  traceQueriesOf(pool);
  pool.on("acquire", traceQueriesOf);
}

const traced = new WeakSet<Pool | PoolClient>();

function traceQueriesOf(connection: Pool | PoolClient): void {
  if (traced.has(connection)) return;
  traced.add(connection);
  const query = connection.query.bind(connection) as Query;
  const queryInSpan: Query = (...given) => {
    const isCallback = typeof given.at(-1) === "function";
    if (isCallback || !tracing()?.current()) return query(...given);
    return inSpan(
      () => spanOf(given[0]),
      async () => await query(...given),
    );
  };
  connection.query = queryInSpan as Pool["query"] & PoolClient["query"];
}

function spanOf(statement: unknown) {
  const text = textOf(statement);
  const operation = VERB.exec(text)?.[1]?.toUpperCase() ?? "statement";
  return {
    name: operation,
    kind: "client" as const,
    attributes: {
      "db.system.name": "postgresql",
      "db.operation.name": operation,
      "db.query.text": text.slice(0, TEXT_MAX),
    },
  };
}

function textOf(statement: unknown): string {
  if (typeof statement === "string") return statement;
  const { text } = statement as { text?: unknown };
  return typeof text === "string" ? text : "";
}
