// `npm run bench`: the gate with everything on, beside bare `node:http`, Next and Better Auth, in one interleaved run.
// Needs a PostgreSQL server, which DATABASE_URL names.
import { connectTo, withDatabase } from "../bench/bench-database.mjs";
import { countStored } from "../bench/count-stored.mjs";
import { showTable } from "../bench/readme-table.mjs";
import {
  answerSize,
  COSTS,
  costs,
  enter,
  headersOf,
  medianRatio,
  ROUNDS_IN_WORDS,
  takeTurns,
} from "../bench/turns.mjs";
import {
  buildPages,
  enterProjectFolder,
  generateClient,
  installPackages,
  say,
} from "./prepare.mjs";

enterProjectFolder();
await installPackages();
await generateClient();
// The build reads the settings, which ask for a secret where they name a database.
process.env.AUTH_SECRET ??= "bench ".repeat(8);
await buildPages();
await withDatabase("gate", (gateUrl) =>
  withDatabase("better_auth", (betterAuthUrl) => bench(gateUrl, betterAuthUrl)),
);

async function bench(gateUrl, betterAuthUrl) {
  say("Starting the servers");
  const database = await connectTo(gateUrl);
  const [gate, ...others] = await startPostern(gateUrl, () => countStored(database));
  const size = await answerSize(gate);
  const contestants = [
    await enter("bare `node:http`", ["bench/bare.mjs", size]),
    gate,
    ...others,
    ...(await startBetterAuth(betterAuthUrl, size)),
  ];
  await takeTurns(contestants);
  showTable(
    "gate",
    [...COSTS, "gate's rate ÷ its"],
    costs(contestants).map((row, at) => [...row, timesAsFast(gate, contestants[at])]),
    `\`GET /api/v1/me\`, ${size} bytes, ${ROUNDS_IN_WORDS};`,
  );
  for (const contestant of contestants) await contestant.stop();
  await database.end();
}

/** The gate in each process that can have it. They share a database, as the processes of one Postern do. */
async function startPostern(url, stored) {
  const settings = { DATABASE_URL: url };
  const gate = await enter("the gate (`npm start`)", ["bench/serve.mjs"], settings);
  const again = ["bench/serve.mjs", "--as-it-is"];
  const alone = await enter(
    "the gate alone (`npm run start:api`)",
    [...again, "--api-only"],
    settings,
  );
  const next = await enter("Next catch-all route", [...again, "--through-next"], settings);
  const request = { headers: headersOf(gate.secret) };
  return [gate, alone, next].map((contestant) => ({ ...contestant, request, stored }));
}

async function startBetterAuth(url, size) {
  const settings = { DATABASE_URL: url, NODE_ENV: "production" };
  return [
    await enter("Better Auth, default", ["bench/better-auth.mjs", size], settings),
    await enter("Better Auth, fastest", ["bench/better-auth.mjs", size, "--fastest"], settings),
  ];
}

function timesAsFast(gate, other) {
  return `${medianRatio(gate, other, "rate").toFixed(1)} ×`;
}
