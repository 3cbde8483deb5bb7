// `node bench/cold-keys.mjs`: the gate where nearly every call brings a key that it does not remember, one of a million
// at random, beside bare `node:http` called alike. Needs a PostgreSQL server, which DATABASE_URL names, and built
// pages (`npm run bench`).
import { connectTo, withDatabase } from "./bench-database.mjs";
import { countStored } from "./count-stored.mjs";
import { addKeys } from "./many-keys.mjs";
import { showTable } from "./readme-table.mjs";
import {
  answerSize,
  COSTS,
  costs,
  enter,
  headersOf,
  ROUNDS_IN_WORDS,
  takeTurns,
} from "./turns.mjs";

const KEYS = Number(process.env.KEYS ?? 1_000_000);

await withDatabase("cold_keys", async (url) => {
  const settings = { DATABASE_URL: url };
  const gate = await enter("the gate (`npm start`)", ["bench/serve.mjs"], settings);
  const database = await connectTo(url);
  const secrets = await addKeys(database, KEYS);
  const bare = await enter("bare `node:http`", ["bench/bare.mjs", await answerSize(gate)]);
  const alone = await enter(
    "the gate alone (`npm run start:api`)",
    ["bench/serve.mjs", "--as-it-is", "--api-only"],
    settings,
  );
  const request = { requests: [{ setupRequest: (call) => withAnyOf(secrets, call) }] };
  const stored = () => countStored(database);
  const contestants = [
    { ...bare, request },
    { ...gate, request, stored },
    { ...alone, request, stored },
  ];
  await takeTurns(contestants);
  showTable(
    "cold-keys",
    COSTS,
    costs(contestants),
    `\`GET /api/v1/me\`, ${KEYS.toLocaleString("en")} keys, ${ROUNDS_IN_WORDS};`,
  );
  for (const contestant of contestants) await contestant.stop();
  await database.end();
});

function withAnyOf(secrets, call) {
  call.headers = headersOf(secrets[Math.floor(Math.random() * secrets.length)]);
  return call;
}
