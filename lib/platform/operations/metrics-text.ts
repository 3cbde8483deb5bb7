import type { Counter, Registry } from "prom-client";
import { SECOND_MS } from "@/lib/platform/clock";
import { log } from "@/lib/platform/log";
import { askedTogether } from "@/lib/platform/operations/asked-together";
import type { Metric } from "@/lib/platform/operations/metric";

/** The answer to a scrape. */
export type MetricsText = { text: string; contentType: string };

/** A scrape takes a few milliseconds of this process, so all who ask within a second share one. */
const SHARING = { keepMs: SECOND_MS, patienceMs: 8 * SECOND_MS };

/**
 * Loads what writes metrics and returns the function that does: `metrics`, and what Node and the system tell of this
 * process. Until this is called, none of it is in memory.
 */
export async function metricsWriter(
  metrics: readonly Metric[],
): Promise<() => Promise<MetricsText>> {
  const { collectDefaultMetrics, Registry: Registries } = await import("prom-client");
  const registry: Registry = new Registries();
  collectDefaultMetrics({ register: registry });
  for (const metric of metrics) registry.registerMetric(asLibraryMetric(metric));
  return askedTogether(
    async () => ({ text: await registry.metrics(), contentType: registry.contentType }),
    SHARING,
  );
}

/**
 * A metric as the registry reads it. The library's own classes count by themselves, at every call; ours are counted
 * elsewhere, and are only read here.
 */
function asLibraryMetric({ name, help, type, read }: Metric): Counter {
  const get = async () => {
    const readings = await readOrNone({ name, read });
    const values = readings.map(({ value, labels = {}, part = "" }) => ({
      value,
      labels,
      metricName: `${name}${part}`,
    }));
    return { name, help, type, values, aggregator: "sum" };
  };
  return { name, get } as unknown as Counter;
}

/** A metric that cannot be read is left out, as Prometheus wants it, and the others are told. */
async function readOrNone({ name, read }: Pick<Metric, "name" | "read">) {
  try {
    return await read();
  } catch (error) {
    log.debug({ err: error, metric: name }, "a metric could not be read");
    return [];
  }
}
