import type { Server } from "node:http";

/**
 * Stops accepting connections and lets running requests finish for at most `patienceMs`. Then it ends the
 * rest, such as an upload that will never complete.
 */
export async function drain(server: Server, patienceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const lastCall = setTimeout(() => server.closeAllConnections(), patienceMs);
  await closed;
  clearTimeout(lastCall);
}
