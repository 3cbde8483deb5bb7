import type { Server } from "node:http";

/**
 * Stops accepting connections and lets the requests under way finish for at most `patienceMs`; then ends
 * what is left, such as an upload that will never complete.
 */
export async function drain(server: Server, patienceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const lastCall = setTimeout(() => server.closeAllConnections(), patienceMs);
  await closed;
  clearTimeout(lastCall);
}
