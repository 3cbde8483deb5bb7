// `npm run bench:calls`: the calls that integrations make most, each beside a floor that does the same to the same
// database by hand (`floor.mjs`), in one interleaved run. Needs a PostgreSQL server, which DATABASE_URL names.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import autocannon from "autocannon";
import {
  buildPages,
  enterProjectFolder,
  generateClient,
  installPackages,
  say,
} from "../scripts/prepare.mjs";
import {
  connectTo,
  copyDatabase,
  dropDatabase,
  nameOf,
  urlOf,
  withDatabase,
} from "./bench-database.mjs";
import { showTable } from "./readme-table.mjs";
import { countingProxy } from "./round-trips.mjs";
import { startProcess } from "./running-server.mjs";

const ROUNDS = 5;
const SECONDS = 3;
const CONNECTIONS = 16;
const CONTACTS = 5_000;
const SINGLE_CALLS = 40;
/** The round trips that an idle process makes in a second: it looks for jobs and for webhooks. */
const IDLE_TRIPS = 10;

/** The calls that the command line names, such as `event`; all where it names none. */
const ASKED = process.argv.slice(2).filter((word) => !word.startsWith("--"));

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

const emailOf = (n) => `person${n % CONTACTS}@example.com`;
const pathOf = (n) => `/contacts/${encodeURIComponent(emailOf(n))}`;
const CALLS = [
  { name: "get contact", method: "GET", path: pathOf },
  {
    name: "put contact",
    method: "PUT",
    path: pathOf,
    body: (n) => ({ first_name: `First ${n}`, properties: { plan: "pro", seats: n } }),
  },
  {
    name: "event",
    method: "POST",
    path: () => "/events/send",
    body: (n) => ({ event: "viewed", email: emailOf(n), payload: { product: `p-${n}` } }),
  },
  { name: "email accept", method: "POST", path: () => "/emails", body: orderMail },
  {
    // Nothing of it is delivered meanwhile, so this is the price of its acceptance alone.
    name: "email for later",
    method: "POST",
    path: () => "/emails",
    body: (n) => ({ ...orderMail(n), scheduled_at: TOMORROW }),
  },
];

enterProjectFolder();
await installPackages();
await generateClient();
// The build reads the settings, which ask for a secret where they name a database.
process.env.AUTH_SECRET ??= "bench ".repeat(8);
await buildPages();

const floorDatabase = nameOf("floor");
try {
  await withDatabase("product", bench);
} finally {
  await dropDatabase(floorDatabase);
}

async function bench(productUrl) {
  const { secret, stop } = await startProcess(["bench/serve.mjs"], { DATABASE_URL: productUrl });
  await stop();
  await addContacts(productUrl);
  await copyDatabase(nameOf("product"), floorDatabase);
  const urls = { product: productUrl, floor: urlOf(floorDatabase) };
  const trips = {
    product: await tripsThrough(urls.product, startProduct, secret),
    floor: await tripsThrough(urls.floor, startFloor, "-"),
  };
  const product = await startProduct(urls.product);
  // It delivers nothing itself: the product beside it does.
  const alone = await startProduct(urls.product, "--api-only");
  const floor = await startFloor(urls.floor);
  const rows = [];
  for (const call of CALLS.filter(({ name }) => ASKED.length === 0 || ASKED.includes(name))) {
    const rates = await compare(call, {
      servers: { floor, product, alone },
      secret,
      settled: async () => {
        await deliveriesEnded(urls.product);
        await gatherStatistics(Object.values(urls));
      },
    });
    const [floorRate, rate, aloneRate] = [rates.floor, rates.product, rates.alone].map(median);
    const [ratio, aloneRatio] = [rates.product, rates.alone].map((own) =>
      ratioTo(rates.floor, own),
    );
    const counts = `${trips.product[call.name]} (floor ${trips.floor[call.name]})`;
    say(
      `${call.name.padEnd(15)} floor ${perSecond(floorRate)}   product ${perSecond(rate)}   ` +
        `ratio ${ratio}   alone ${perSecond(aloneRate)}   ratio ${aloneRatio}   round trips ${counts}`,
    );
    const cells = [perSecond(floorRate), perSecond(rate), ratio, perSecond(aloneRate), aloneRatio];
    rows.push([call.name, ...cells, counts]);
  }
  await Promise.all([alone.stop(), product.stop(), floor.stop()]);
  showTable(
    "calls",
    ["", "floor", "`npm start`", "ratio", "`npm run start:api`", "ratio", "round trips"],
    rows,
    `${CONNECTIONS} callers, ${ROUNDS} rounds of ${SECONDS} s in turn, ${CONTACTS} contacts, medians;`,
  );
}

function orderMail(n) {
  return {
    from: "Shop <shop@example.com>",
    to: emailOf(n),
    subject: `Order ${n}`,
    html: "<p>Thank you for your order.</p>".repeat(40),
  };
}

function perSecond(rate) {
  return `${Math.round(rate).toLocaleString("en")}/s`;
}

/** Loads them in turn, so that other work of the machine slows them alike. The rates of each, round by round. */
async function compare(call, { servers, secret, settled }) {
  const rates = Object.fromEntries(Object.keys(servers).map((name) => [name, []]));
  for (const { origin } of Object.values(servers)) await load(origin, call, secret, 1);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, { origin }] of Object.entries(servers)) {
      await settled();
      rates[name].push(await load(origin, call, secret, SECONDS));
    }
  }
  return rates;
}

/** The median of `own` beside `floor` of the same round. */
function ratioTo(floor, own) {
  return median(own.map((rate, at) => rate / floor[at])).toFixed(3);
}

/** Waits until no email waits, so that deliveries slow only the product whose they are. */
async function deliveriesEnded(url) {
  const client = await connectTo(url);
  const waiting = "SELECT FROM email WHERE status = 'queued' LIMIT 1";
  while ((await client.query(waiting)).rowCount > 0) await pause(100);
  await client.end();
}

/** Autovacuum does so within a minute; until then, both would be planned for tables that are empty. */
async function gatherStatistics(urls) {
  for (const url of urls) {
    const client = await connectTo(url);
    await client.query("ANALYZE");
    await client.end();
  }
}

async function load(origin, { method, path, body }, secret, seconds) {
  let n = 0;
  const next = (request) => {
    n += 1;
    request.path = `/api/v1${path(n)}`;
    if (body) request.body = JSON.stringify(body(n));
    return request;
  };
  const result = await autocannon({
    url: origin,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [{ method, headers: headersOf(secret), setupRequest: next }],
  });
  if (result.non2xx || result.errors) {
    throw new Error(`${method}: ${result.non2xx} refused, ${result.errors} failed`);
  }
  return result.requests.average;
}

/**
 * The round trips to the database that one call waits for: the fewest of single calls, one after another, since work of
 * the process beside them, such as the delivery of their emails, only adds to some.
 */
async function tripsThrough(url, start, secret) {
  const proxy = await countingProxy(url);
  const { origin, stop } = await start(proxy.url);
  await quiet(proxy.counter);
  const trips = {};
  for (const { name, method, path, body } of CALLS) {
    const counts = [];
    for (let n = 0; n < SINGLE_CALLS; n += 1) {
      const before = proxy.counter.trips;
      const answer = await fetch(`${origin}/api/v1${path(n)}`, {
        method,
        headers: headersOf(secret),
        ...(body ? { body: JSON.stringify(body(n)) } : {}),
      });
      if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
      await answer.arrayBuffer();
      counts.push(proxy.counter.trips - before);
    }
    trips[name] = Math.min(...counts);
  }
  await stop();
  proxy.close();
  return trips;
}

/** Waits until a process that was just started asks for nothing but what it always asks for. */
async function quiet(counter) {
  let before;
  do {
    before = counter.trips;
    await pause(1_000);
  } while (counter.trips - before > IDLE_TRIPS);
}

async function startProduct(url, ...parts) {
  return await startProcess(["bench/serve.mjs", "--as-it-is", ...parts], { DATABASE_URL: url });
}

async function startFloor(url) {
  return await startProcess(["bench/floor.mjs"], { DATABASE_URL: url });
}

async function addContacts(url) {
  const client = await connectTo(url);
  await client.query(
    `INSERT INTO contact (id, workspace_id, environment, email, first_name, properties, created_at, updated_at)
     SELECT 'con_' || replace($1, '-', '') || n, workspace_id, 'live', 'person' || n || '@example.com', 'First',
            '{"plan": "free", "city": "Oslo"}', now(), now()
     FROM (SELECT workspace_id FROM api_key LIMIT 1) AS key, generate_series(0, ${CONTACTS - 1}) AS n`,
    [randomUUID().slice(0, 18)],
  );
  await client.query("ANALYZE");
  await client.end();
}

function headersOf(secret) {
  return { authorization: `Bearer ${secret}`, "content-type": "application/json" };
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
