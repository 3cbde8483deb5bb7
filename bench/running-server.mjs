// Runs a server for one bench, on the database that DATABASE_URL names.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Starts the server. `call` calls its API with a key that may do everything, and returns the body. */
export async function startServer() {
  const dataDir = mkdtempSync(path.join(tmpdir(), "postern-bench-"));
  const child = spawn(process.execPath, ["bench/serve.mjs"], {
    env: {
      ...process.env,
      PORT: "0",
      DATA_DIR: dataDir,
      LOG_LEVEL: "warn",
      AUTH_SECRET: "bench ".repeat(8),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { origin, secret } = await ready(child);

  async function call(method, address, body) {
    const response = await fetch(`${origin}/api/v1${address}`, {
      method,
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${address}: ${JSON.stringify(answer)}`);
    return answer;
  }

  async function stop() {
    child.kill("SIGTERM");
    await once(child, "exit");
    rmSync(dataDir, { recursive: true, force: true });
  }

  return { call, stop };
}

/** Requests `address` several times in turn, and prints the median and the slowest under `name`. */
export async function timeCalls(call, name, address, rounds) {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    await call("GET", address);
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const [median, slowest] = [times[Math.floor(rounds / 2)], times.at(-1)];
  // A bench prints its result.
  console.log(`${name.padEnd(34)} ${median.toFixed(1)} ms, slowest ${slowest.toFixed(1)} ms`);
}

async function ready(child) {
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    const said = /READY (\S+) (\S+)/.exec(String(chunk));
    if (said) return { origin: said[1], secret: said[2] };
  }
  throw new Error("The server did not start.");
}
