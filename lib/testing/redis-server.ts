import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { Redis } from "ioredis";

/** A Redis server of a test's own, which keeps nothing. */
export type RedisServer = {
  port: number;
  url: string;
  /** Lets it hang: it takes connections and answers nothing. */
  pause: () => void;
  resume: () => void;
  /** `kill -9` */
  kill: () => Promise<void>;
};

/** True where this machine has a Redis server to start. */
export function isRedisHere(): boolean {
  try {
    execFileSync("redis-server", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Starts a Redis server, on a free port or on `port`; resolves once it answers. */
export async function startRedis(
  options: { port?: number; cluster?: boolean; folder?: string } = {},
): Promise<RedisServer> {
  const { port = await freePort(), cluster = false, folder = "/tmp" } = options;
  const settings = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--dir", folder];
  const config = ["--cluster-config-file", `nodes-${port}.conf`];
  const asCluster = ["--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1", ...config];
  const child = spawn("redis-server", [...settings, ...(cluster ? asCluster : [])], {
    stdio: "ignore",
  });
  const killWithUs = () => child.kill("SIGKILL");
  process.once("exit", killWithUs);
  child.once("exit", () => process.off("exit", killWithUs));
  await untilItAnswers(port, cluster);
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    pause: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    kill: () => end(child),
  };
}

/** Counts calls of `key_1` in another process, all at once; resolves to what each count came to. */
export async function countInAnotherProcess(
  { url }: RedisServer,
  times: number,
): Promise<number[]> {
  const script = ["--import", "tsx", "lib/testing/count-in-redis.ts", "calls", "key_1", `${times}`];
  const env = { ...process.env, REDIS_URL: url };
  const { stdout } = await promisify(execFile)(process.execPath, script, { env });
  return JSON.parse(stdout);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.signalCode) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

async function untilItAnswers(port: number, cluster: boolean): Promise<void> {
  const client = new Redis(port, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on("error", () => {
    // It is tried again.
  });
  await client.ping();
  if (cluster) {
    await client.cluster("ADDSLOTSRANGE", 0, 16_383);
    while (!(await client.cluster("INFO")).includes("cluster_state:ok")) await wait(10);
  }
  client.disconnect();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
