import type { Server } from "node:http";

/** Pause between two looks for connections that fell silent after an answer that had not told them of the end. */
const LOOK_EVERY_MS = 100;

/**
 * Stops accepting connections and lets running requests finish for at most `patienceMs`. Then it ends the
 * rest, such as an upload that will never complete. A busy connection gets one more answer, which says that it is the
 * last: a caller that sends one request after another would otherwise keep it to the end.
 */
export async function drain(server: Server, patienceMs: number): Promise<void> {
  server.prependListener("request", (_, response) => {
    response.shouldKeepAlive = false;
  });
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const look = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS);
  const lastCall = setTimeout(() => server.closeAllConnections(), patienceMs);
  await closed;
  clearInterval(look);
  clearTimeout(lastCall);
}
