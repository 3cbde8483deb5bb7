import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SECOND_MS } from "@/lib/platform/clock";
import { log } from "@/lib/platform/log";
import type { OperatorPaths } from "@/lib/platform/operations/operator-paths";

/** A request must arrive within this time. */
const REQUEST_TIMEOUT_MS = 5 * SECOND_MS;
/** Connections at a time: monitors need a few, and a stranger gets no more of this process's memory. */
const CONNECTIONS_MAX = 100;

/** A small HTTP server for operators. */
export type OperatorServer = { port: number; close: () => Promise<void> };

/**
 * Serves the operator's paths on a port of their own (0: any free one) and answers 404 to everything else: for
 * `METRICS_PORT`, and for processes that serve nothing else. Rejects where the port is taken.
 */
export async function serveOperators(
  paths: OperatorPaths,
  { port, host }: { port: number; host: string | undefined },
): Promise<OperatorServer> {
  const server = createServer(
    { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS },
    (request, response) => {
      const listener = paths(request);
      if (listener) return void listener(request, response);
      response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" });
      response.end("There is nothing here.\n");
    },
  );
  server.maxConnections = CONNECTIONS_MAX;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, ...(host ? { host } : {}) }, resolve);
  });
  server.on("error", (error) => log.error({ err: error }, "the server for operators failed"));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
