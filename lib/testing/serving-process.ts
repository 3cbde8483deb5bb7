import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { API_PREFIX } from "@/lib/platform/edge/api-prefix";

export type Cost = {
  /** The most memory that the process has had since its start. */
  peakBytes: number;
  /**
   * The longest piece of work without a pause, in milliseconds of CPU time. Unlike the time that passes, they do not
   * grow with what else the machine does.
   */
  longestMs: number;
};

/** A server in a process of its own, whose delays and memory a test measures from outside. */
export type ServingProcess = {
  /** The base URL of its API. */
  base: string;
  /** What it has cost since the last time this was asked. */
  cost: () => Promise<Cost>;
  stop: () => Promise<void>;
};

/** Starts the API and its jobs on the test's database, with these settings besides those of the test. */
export async function startServingProcess(
  settings: Record<string, string> = {},
): Promise<ServingProcess> {
  const file = path.resolve("lib/testing/serve-until-killed.ts");
  const child = spawn(process.execPath, ["--import", "tsx", file], {
    env: { ...process.env, LOG_LEVEL: "warn", ...settings },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  return {
    base: `http://127.0.0.1:${port}${API_PREFIX}`,
    cost: async () => {
      child.send("cost");
      const [cost] = (await once(child, "message")) as [Cost];
      return cost;
    },
    stop: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/**
 * Calls `url` with `secret` again and again while `work` runs. Returns the longest time that an answer took, as a
 * thread of its own measures it: the test itself is busy with its attack.
 */
export async function slowestAnswerWhile(
  url: string,
  secret: string,
  work: () => Promise<unknown>,
): Promise<number> {
  const caller = new Worker(CALLER, { eval: true, workerData: { url, secret } });
  await once(caller, "message");
  await work();
  caller.postMessage("enough");
  const [slowestMs] = (await once(caller, "message")) as [number];
  return slowestMs;
}

const CALLER = `
  const { parentPort, workerData } = require("node:worker_threads");
  const http = require("node:http");
  const { url, secret } = workerData;
  const agent = new http.Agent({ keepAlive: true });
  const headers = { authorization: "Bearer " + secret };
  let isOver = false;
  let slowestMs = 0;
  parentPort.on("message", () => { isOver = true; });
  const call = () => new Promise((resolve, reject) => {
    http.get(url, { agent, headers }, (answer) => {
      answer.resume().on("end", () => resolve(answer.statusCode));
    }).on("error", reject);
  });
  (async () => {
    await call();
    parentPort.postMessage("ready");
    while (!isOver) {
      const began = performance.now();
      if (await call() !== 200) throw new Error("It did not answer with 200.");
      slowestMs = Math.max(slowestMs, performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    parentPort.postMessage(slowestMs);
    parentPort.close();
  })();
`;
