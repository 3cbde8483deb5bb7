// `node bench/memory.mjs [minutes]`: the memory of a Postern that answers 2,000 calls a second and stores their rows.
// Needs a PostgreSQL server, which DATABASE_URL names, and built pages (`npm run bench`).
import { setTimeout as pause } from "node:timers/promises";
import autocannon from "autocannon";
import { withDatabase } from "./bench-database.mjs";
import { showTable } from "./readme-table.mjs";
import { startServer } from "./running-server.mjs";
import { headersOf } from "./turns.mjs";

const [MINUTES = 10] = process.argv.slice(2).map(Number).filter(Boolean);
const WARM_UP_MINUTES = 2;
const CALLS_A_SECOND = 2_000;
const CONNECTIONS = 32;
const LOOK_EVERY_MINUTES = 0.5;
const MINUTE_MS = 60_000;

await withDatabase("memory", async (url) => {
  const server = await startServer({ DATABASE_URL: url });
  const load = autocannon({
    url: `${server.origin}/api/v1/me`,
    headers: headersOf(server.secret),
    connections: CONNECTIONS,
    overallRate: CALLS_A_SECOND,
    duration: (WARM_UP_MINUTES + MINUTES) * 60,
  });
  await pause(WARM_UP_MINUTES * MINUTE_MS);
  const looks = await watch(server);
  const { requests, non2xx, errors } = await load;
  if (non2xx || errors) throw new Error(`${non2xx} refused, ${errors} failed`);
  await server.stop();
  const rate = Math.round(requests.average).toLocaleString("en");
  showTable(
    "memory",
    ["", "first", "last", "highest", "slope per hour"],
    [["resident memory", ...inWords(looks)]],
    `${rate} calls a second for ${MINUTES} minutes, after ${WARM_UP_MINUTES} to warm up, ` +
      `looked at ${looks.length} times;`,
  );
});

/** The resident memory in MB, from now on for `MINUTES`. */
async function watch({ asked }) {
  const looks = [];
  for (let minutes = 0; minutes < MINUTES; minutes += LOOK_EVERY_MINUTES) {
    looks.push((await asked("report")).rssMb);
    await pause(LOOK_EVERY_MINUTES * MINUTE_MS);
  }
  return looks;
}

function inWords(looks) {
  return [looks[0], looks.at(-1), Math.max(...looks), slopePerHour(looks)].map(
    (mb) => `${Math.round(mb)} MB`,
  );
}

/** The slope of the straight line that comes closest to all looks (least squares). */
function slopePerHour(looks) {
  const middle = (looks.length - 1) / 2;
  const mean = looks.reduce((sum, mb) => sum + mb, 0) / looks.length;
  const together = looks.reduce((sum, mb, at) => sum + (at - middle) * (mb - mean), 0);
  const spread = looks.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  return (together / spread) * (60 / LOOK_EVERY_MINUTES);
}
