// A separate process for one bench, on the database that DATABASE_URL names.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Starts the server. `call` calls its API, with a key that may do everything, and returns the answer's body. */
export async function startServer(settings = {}) {
  const server = await startProcess(["bench/serve.mjs"], settings);
  const { origin, secret } = server;

  async function call(method, route, body) {
    const response = await fetch(`${origin}/api/v1${route}`, {
      method,
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${route}: ${JSON.stringify(answer)}`);
    return answer;
  }

  return { call, ...server };
}

/** Gets `route` `rounds` times, one after the other, and prints the median and the slowest under `name`. */
export async function timeCalls(call, name, route, rounds) {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    await call("GET", route);
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const [median, slowest] = [times[Math.floor(rounds / 2)], times.at(-1)];
  // The only result of a bench is its output.
  console.log(`${name.padEnd(34)} ${median.toFixed(1)} ms, slowest ${slowest.toFixed(1)} ms`);
}

/** The median of some milliseconds, the time within which `share` of them were, and the slowest, in words. */
export function timesOf(times, share) {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  return [at(0.5), at(share), sorted.at(-1)].map((ms) => `${ms.toFixed(1)} ms`);
}

/**
 * Starts a script that serves, with these settings besides those of this process. `origin` is where it answers, and
 * `asked` sends it a message and returns its answer, where it has one (`vitals.mjs`).
 */
export async function startProcess(args, settings = {}) {
  const dataDir = mkdtempSync(path.join(tmpdir(), "postern-bench-"));
  const child = spawn(process.execPath, args, {
    env: {
      ...process.env,
      PORT: "0",
      DATA_DIR: dataDir,
      LOG_LEVEL: "warn",
      AUTH_SECRET: "bench ".repeat(8),
      ...settings,
    },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const { origin, secret } = await ready(child);

  async function asked(what) {
    const answered = once(child, "message");
    child.send(what);
    return (await answered)[0];
  }

  async function stop() {
    child.kill("SIGTERM");
    await once(child, "exit");
    rmSync(dataDir, { recursive: true, force: true });
  }

  return { origin, secret, pid: child.pid, asked, stop };
}

async function ready(child) {
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    const said = /READY (\S+) (\S+)/.exec(String(chunk));
    if (said) return { origin: said[1], secret: said[2] };
  }
  throw new Error("The server did not start.");
}
