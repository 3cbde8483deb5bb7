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
  const traced = new WeakSet<PoolClient>();
  pool.on("acquire", (client) => {
    if (traced.has(client)) return;
    traced.add(client);
    traceQueriesOf(client);
  });
}

function traceQueriesOf(connection: Pool | PoolClient): void {
  const query = connection.query.bind(connection) as Query;
  const traced: Query = (...given) => {
    const isCallback = typeof given.at(-1) === "function";
    if (isCallback || !tracing()?.current()) return query(...given);
    return inSpan(
      () => spanOf(given[0]),
      async () => await query(...given),
    );
  };
  connection.query = traced as Pool["query"] & PoolClient["query"];
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
