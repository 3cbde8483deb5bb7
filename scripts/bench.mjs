// `npm run bench`: the gate with everything on, beside bare `node:http`, in one interleaved run.
import { cpus } from "node:os";
import autocannon from "autocannon";
import { startProcess } from "../bench/running-server.mjs";
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

const gate = await start("gate", ["bench/serve.mjs"]);
const throughNext = await start("Next catch-all", ["bench/serve.mjs", "--through-next"]);
const answer = await fetch(`${gate.origin}/api/v1/me`, { headers: headersOf(gate) });
if (answer.status !== 200)
  throw new Error(`The gate answers ${answer.status}: ${await answer.text()}`);
const size = (await answer.text()).length;
const bare = await start("bare node:http", ["bench/bare.mjs", String(size)]);
const contestants = [bare, gate, throughNext];

for (const contestant of contestants) await load(contestant, 2);
for (let round = 1; round <= ROUNDS; round += 1) {
  for (const contestant of contestants) contestant.rates.push(await load(contestant, SECONDS));
}
await report();
for (const contestant of contestants) await contestant.stop();

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

async function start(name, args) {
  return { name, rates: [], ...(await startProcess(args)) };
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

function headersOf({ secret }) {
  return { authorization: `Bearer ${secret}` };
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
