// `node bench/spool-sync.mjs`: what each choice of `SPOOL_SYNC` costs a call, in one interleaved run. Needs a PostgreSQL
// server, which DATABASE_URL names. The spools are in the system's folder for temporary files, so that must be on a disk.
import autocannon from "autocannon";
import { withDatabase } from "./bench-database.mjs";
import { showTable } from "./readme-table.mjs";
import { startProcess } from "./running-server.mjs";

const CHOICES = ["off", "100ms", "always"];
const ROUNDS = 5;
const SECONDS = 4;
const CONNECTIONS = [1, 32];
const PAGE = new URL("../docs/faults.md", import.meta.url);

await withDatabase("spool_sync", async (url) => {
  const first = await startProcess(["bench/serve.mjs", "--api-only"], { DATABASE_URL: url });
  const { secret } = first;
  await first.stop();
  const servers = [];
  for (const choice of CHOICES) {
    const settings = { DATABASE_URL: url, SPOOL_SYNC: choice };
    const args = ["bench/serve.mjs", "--api-only", "--as-it-is"];
    servers.push({ ...(await startProcess(args, settings)), choice, secret });
  }
  for (const server of servers) await load(server, 32, 1);
  const rows = CHOICES.map((choice) => [choice]);
  for (const connections of CONNECTIONS) {
    const found = await takeTurns(servers, connections);
    for (const [at, cells] of found.entries()) rows[at].push(...cells);
  }
  for (const { stop } of servers) await stop();
  showTable("spool-sync", headOf(), rows, circumstances(), PAGE);
});

/** The median rate and answer time of each server. */
async function takeTurns(servers, connections) {
  const found = servers.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, server] of servers.entries()) {
      found[at].push(await load(server, connections, SECONDS));
    }
  }
  return found.map((rounds) => [
    `${Math.round(median(rounds, "rate")).toLocaleString("en")}/s`,
    `${median(rounds, "p99Ms")} ms`,
  ]);
}

function headOf() {
  const callers = CONNECTIONS.map((many) => (many === 1 ? "1 caller" : `${many} callers`));
  return ["`SPOOL_SYNC`", ...callers.flatMap((words) => [words, `${words}, answer p99`])];
}

function circumstances() {
  return `\`GET /api/v1/me\`, ${ROUNDS} rounds of ${SECONDS} s in turn, medians;`;
}

async function load({ origin, choice, secret }, connections, seconds) {
  const { requests, latency, non2xx, errors } = await autocannon({
    url: `${origin}/api/v1/me`,
    connections,
    duration: seconds,
    headers: { authorization: `Bearer ${secret}` },
  });
  if (non2xx || errors) throw new Error(`${choice}: ${non2xx} refused, ${errors} failed`);
  return { rate: requests.average, p99Ms: latency.p99 };
}

function median(rounds, what) {
  return rounds.map((round) => round[what]).toSorted((a, b) => a - b)[ROUNDS >> 1];
}
