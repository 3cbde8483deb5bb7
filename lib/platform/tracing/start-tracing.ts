import { pool } from "@/lib/platform/database/pool";
import type { Env } from "@/lib/platform/env";
import { traceStatements } from "@/lib/platform/tracing/trace-statements";
import { traceWith, tracing } from "@/lib/platform/tracing/tracing";

/** The longest that a collector is waited for at the end. */
const PATIENCE_MS = 2_000;

/**
 * Begins to trace where the settings name a collector. Without one it loads nothing. Call it once the pool can be
 * opened. `say` tells the operator where the traces go.
 */
export async function startTracing(settings: Env, say: (line: string) => void): Promise<void> {
  const url = settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? settings.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!url) return;
  const { openTelemetry } = await import("@/lib/platform/tracing/open-telemetry");
  traceWith(openTelemetry());
  traceStatements(pool());
  // A URL may hold a password.
  say(`Traces go to ${new URL(url).host}`);
}

/** Hands over what was traced, within two seconds, and ends. */
export async function stopTracing(): Promise<void> {
  const ended = tracing()
    ?.stop()
    .catch(() => {
      // The log has said that the collector takes nothing.
    });
  traceWith(null);
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([ended, patience]);
  clearTimeout(timer);
}
