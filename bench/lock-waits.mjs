// Callers that write and read single rows all the time, in a thread of their own, so that nothing but the database keeps
// them waiting. `startCallers` starts the thread; the rest of this file is what runs in it.
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { connectTo } from "./bench-database.mjs";
import { FULL_TABLES } from "./full-tables.mjs";

/** The pause of a caller between two statements. All of them together keep a part of one core busy. */
const PAUSE_MS = 5;
/** The time before and after the work in which callers are at it as well. */
const AROUND_MS = 250;

/** Starts a writer and a reader of each table, of which the database at `url` has so many rows. */
export async function startCallers(url, rows) {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { url, rows } });
  await once(worker, "message");
  return {
    /** Runs `work` and says how long it took, and how long each statement of the callers did meanwhile. */
    meanwhile: async (work) => {
      worker.postMessage("start");
      await pause(AROUND_MS);
      const began = performance.now();
      await work();
      const tookMs = performance.now() - began;
      await pause(AROUND_MS);
      worker.postMessage("stop");
      const [waits] = await once(worker, "message");
      return { tookMs, ...waits };
    },
    stop: async () => {
      worker.postMessage("end");
      await once(worker, "exit");
    },
  };
}

async function serve({ url, rows }) {
  const callers = await Promise.all(
    Object.values(FULL_TABLES)
      .flatMap(({ write, read }) => [
        { kind: "writes", text: write },
        { kind: "reads", text: read },
      ])
      .map(async (caller) => ({ ...caller, client: await connectTo(url) })),
  );
  let running = [];
  let isOver = false;
  const call = async ({ kind, text, client }) => {
    const took = [];
    while (!isOver) {
      const began = performance.now();
      await client.query({
        name: kind,
        text,
        values: [String(1 + Math.floor(Math.random() * rows))],
      });
      took.push(performance.now() - began);
      await pause(PAUSE_MS);
    }
    return { kind, took };
  };
  parentPort.on("message", async (message) => {
    isOver = message !== "start";
    if (!isOver) running = callers.map(call);
    if (message === "stop") parentPort.postMessage(byKind(await Promise.all(running)));
    if (message === "end") {
      for (const { client } of callers) await client.end();
      parentPort.close();
    }
  });
  parentPort.postMessage("ready");
}

function byKind(all) {
  const of = (wanted) => all.filter(({ kind }) => kind === wanted).flatMap(({ took }) => took);
  return { writes: of("writes"), reads: of("reads") };
}

if (!isMainThread) await serve(workerData);
