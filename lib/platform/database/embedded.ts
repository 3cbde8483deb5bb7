import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";

/** A running embedded Postgres. Any `pg` client reaches it at `url`. */
export type EmbeddedDatabase = { url: string; close: () => Promise<void> };

const MAX_CONNECTIONS = 8;

/**
 * Starts the embedded Postgres on the files in `dataDir` (`memory://` keeps none). It listens on a Unix
 * socket in a directory that only this user may enter, since it asks for no password.
 * The caller must hold the data directory's lock: two processes on one directory destroy it.
 */
export async function startEmbeddedDatabase(dataDir: string): Promise<EmbeddedDatabase> {
  if (!dataDir.startsWith("memory://")) await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const socketDir = await mkdtemp(path.join(tmpdir(), "postern-"));
  const worker = new Worker(path.join(process.cwd(), "lib/platform/database/embedded-worker.mjs"), {
    workerData: {
      dataDir,
      socketPath: path.join(socketDir, ".s.PGSQL.5432"),
      maxConnections: MAX_CONNECTIONS,
    },
    execArgv: [],
  });
  await messageFrom(worker);
  return {
    url: `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(socketDir)}`,
    close: async () => {
      const closed = messageFrom(worker);
      worker.postMessage("close");
      await closed;
      await worker.terminate();
      await rm(socketDir, { recursive: true, force: true });
    },
  };
}

/** The worker's next message; rejects when it fails or ends first. */
function messageFrom(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`The embedded database ended (${code}).`)));
  });
}
