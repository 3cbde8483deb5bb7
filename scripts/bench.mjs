// `npm run bench`: the gate with everything on, beside bare `node:http`, in one interleaved run.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import autocannon from "autocannon";
import {
  buildPages,
  enterProjectFolder,
  generateClient,
  installPackages,
  say,
} from "./prepare.mjs";

const ROUNDS = 5;
const SECONDS = 4;
const CONNECTIONS = 32;

enterProjectFolder();
await installPackages();
await generateClient();
await buildPages();

const gate = await start("gate", "bench/serve.mjs", []);
const throughNext = await start("Next catch-all", "bench/serve.mjs", ["--through-next"]);
const answer = await fetch(`${gate.origin}/api/v1/me`, { headers: headersOf(gate) });
if (answer.status !== 200)
  throw new Error(`The gate answers ${answer.status}: ${await answer.text()}`);
const size = (await answer.text()).length;
const bare = await start("bare node:http", "bench/bare.mjs", [String(size)]);
const contestants = [bare, gate, throughNext];

for (const contestant of contestants) await load(contestant, 2);
for (let round = 1; round <= ROUNDS; round += 1) {
  for (const contestant of contestants) contestant.rates.push(await load(contestant, SECONDS));
}
await report();
for (const contestant of contestants) await stop(contestant);

async function report() {
  const database = process.env.DATABASE_URL ? "Postgres from DATABASE_URL" : "embedded Postgres";
  say(
    `GET /api/v1/me, ${size} bytes, ${CONNECTIONS} connections, ${ROUNDS} rounds of ${SECONDS} s in turn`,
  );
  say(`Node ${process.versions.node}, ${cpus().length} cores, ${database}; medians`);
  for (const { name, rates } of contestants) {
    const ratios = rates.map((rate, round) => rate / bare.rates[round]);
    say(
      `${name.padEnd(16)} ${Math.round(median(rates))} requests/s   ratio ${median(ratios).toFixed(3)}`,
    );
  }
}

async function start(name, script, args) {
  const dataDir = mkdtempSync(path.join(tmpdir(), "postern-bench-"));
  const child = spawn(process.execPath, [script, ...args], {
    env: {
      ...process.env,
      PORT: "0",
      DATA_DIR: dataDir,
      LOG_LEVEL: "warn",
      AUTH_SECRET: "bench ".repeat(8),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    const ready = /READY (\S+) (\S+)/.exec(String(chunk));
    if (ready) return { name, child, dataDir, origin: ready[1], secret: ready[2], rates: [] };
  }
  throw new Error(`${name} did not start`);
}

async function load(contestant, seconds) {
  const result = await autocannon({
    url: `${contestant.origin}/api/v1/me`,
    headers: headersOf(contestant),
    connections: CONNECTIONS,
    duration: seconds,
  });
  if (result.non2xx || result.errors) {
    throw new Error(`${contestant.name}: ${result.non2xx} refused, ${result.errors} failed`);
  }
  return result.requests.average;
}

async function stop({ child, dataDir }) {
  child.kill("SIGTERM");
  await once(child, "exit");
  rmSync(dataDir, { recursive: true, force: true });
}

function headersOf({ secret }) {
  return { authorization: `Bearer ${secret}` };
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
