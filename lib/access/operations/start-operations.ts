import { metricsOf } from "@/lib/access/operations/metrics";
import { checkSpool } from "@/lib/access/operations/spool-check";
import type { Env } from "@/lib/platform/env";
import { checkDatabase, checkMigrations } from "@/lib/platform/operations/database-checks";
import { metricsWriter } from "@/lib/platform/operations/metrics-text";
import { type OperatorPaths, operatorPaths } from "@/lib/platform/operations/operator-paths";
import { serveOperators } from "@/lib/platform/operations/operator-server";
import { ReadinessChecks } from "@/lib/platform/operations/readiness";

/** The part of this process that operators see. */
export type Operations = {
  /** The paths that the process answers at its own port. */
  paths: OperatorPaths;
  /** Makes `/readyz` say that the process takes no more work. */
  drain: () => void;
  /** Closes the port for metrics, where there is one. */
  close: () => Promise<void>;
};

/**
 * Makes `/healthz`, `/readyz` and, where the settings ask for them, the metrics, which `METRICS_PORT` moves from the
 * process's port to one of their own. Any kind of process does this once its database is ready. Rejects where
 * `METRICS_PORT` is taken. `say` tells the operator where the metrics are.
 */
export async function startOperations(
  settings: Env,
  say: (line: string) => void,
): Promise<Operations> {
  const { METRICS_PORT: port, METRICS_TOKEN: token, HOST: host } = settings;
  const readiness = new ReadinessChecks({
    database: checkDatabase,
    migrations: checkMigrations,
    spool: checkSpool,
  });
  const drain = () => readiness.drain();
  const without = operatorPaths({ readiness, metrics: null });
  if (port === undefined && token === undefined) {
    return { paths: without, drain, close: async () => {} };
  }
  const metrics = { write: await metricsWriter(metricsOf(readiness)), token };
  const told = operatorPaths({ readiness, metrics });
  if (port === undefined) {
    say("Metrics are at /metrics, for who sends METRICS_TOKEN as a Bearer token");
    return { paths: told, drain, close: async () => {} };
  }
  const server = await serveOperators(told, { port, host });
  const toWhom = token
    ? ", for who sends METRICS_TOKEN as a Bearer token"
    : ", for everybody who reaches that port";
  say(`Metrics are at http://${host ?? "localhost"}:${server.port}/metrics${toWhom}`);
  return { paths: without, drain, close: server.close };
}
