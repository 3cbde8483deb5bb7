import type { Server } from "node:http";

const LOOK_EVERY_MS = 100;

/**
 * Stops accepting connections and lets running requests finish for at most `patienceMs`. Then it ends the
 * rest, such as an upload that will never complete.
 */
export async function drain(server: Server, patienceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A browser keeps its connection after the answer, for the next request.
  const idle = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS);
  const lastCall = setTimeout(() => server.closeAllConnections(), patienceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(lastCall);
}
