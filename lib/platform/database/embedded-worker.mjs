// Runs the embedded Postgres in a thread of its own: a query never holds up the event loop that answers
// requests, and the thread dies with the process, however the process ends. The file is plain JavaScript, so
// the thread needs no TypeScript loader.
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

// Postgres' own 128 MB would all be in use after some hundred pages. The system keeps what files hold anyway.
const SHARED_BUFFERS = "shared_buffers=16MB";

const database = await PGlite.create({
  dataDir: workerData.dataDir,
  startParams: [...PGlite.defaultStartParams, "-c", SHARED_BUFFERS],
});
const server = new PGLiteSocketServer({
  db: database,
  path: workerData.socketPath,
  maxConnections: workerData.maxConnections,
});
await server.start();
parentPort.postMessage("ready");

parentPort.on("message", async () => {
  await server.stop();
  await database.close();
  parentPort.postMessage("closed");
  parentPort.close();
});
