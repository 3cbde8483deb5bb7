// `node bench/webhooks.mjs`: how many events a second are written with changes of contacts, delivered to a receiver on
// this machine and recorded, and what a change of a contact costs with and without webhooks. Needs a PostgreSQL server,
// which DATABASE_URL names, and built pages (`npm run bench`).
import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { connectTo, withDatabase } from "./bench-database.mjs";
import { showTable } from "./readme-table.mjs";
import { startServer } from "./running-server.mjs";

const BATCHES = 20;
const BATCH = 500;
const EVENTS = BATCHES * BATCH;
const ROUNDS = 3;

const receiver = fork(new URL("webhook-receiver.mjs", import.meta.url));
const [{ port }] = await once(receiver, "message");
await withDatabase("webhooks", async (database) => {
  const { call, stop } = await startServer({
    DATABASE_URL: database,
    WEBHOOK_ALLOWED_HOSTS: "127.0.0.1",
  });
  const client = await connectTo(database);
  const without = await round(call, client, "without", 0);
  await call("POST", "/webhooks", {
    name: "Bench",
    url: `http://127.0.0.1:${port}/`,
    events: ["contact.created"],
  });
  const rates = [];
  for (let n = 0; n < ROUNDS; n += 1) rates.push(await round(call, client, `round${n}`, EVENTS));
  await client.end();
  await stop();
  const median = (name) => rates.map((rate) => rate[name]).toSorted((a, b) => a - b)[ROUNDS >> 1];
  const perSecond = (rate) => `${Math.round(rate).toLocaleString("en")}/s`;
  showTable(
    "webhooks",
    ["", "rate"],
    [
      ["contacts added, no webhook", perSecond(without.written)],
      ["contacts added, each an event", perSecond(median("written"))],
      ["events delivered, first change to last answer", perSecond(median("delivered"))],
    ],
    `${EVENTS.toLocaleString("en")} events in batches of ${BATCH}, ${ROUNDS} rounds, medians;`,
  );
});
receiver.kill();

/** Adds contacts and waits until the receiver has `expected` messages and all are recorded. Rates are a second. */
async function round(call, client, name, expected) {
  await asked("start anew");
  const began = performance.now();
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const contacts = Array.from({ length: BATCH }, (_, n) => {
      return { email: `${name}-${batch}-${n}@example.com`, properties: { plan: "pro", seats: n } };
    });
    await call("POST", "/contacts/batch", contacts);
  }
  const writtenAt = performance.now();
  while ((await asked("report")).taken < expected) await pause(20);
  for (;;) {
    const { rows } = await client.query(
      "SELECT FROM webhook_event WHERE state = 'waiting' LIMIT 1",
    );
    if (rows.length === 0) break;
    await pause(20);
  }
  const { taken, ids } = await asked("report");
  if (taken !== expected || ids !== expected) throw new Error(`${taken} messages, ${ids} ids`);
  const perSecond = (end) => EVENTS / ((end - began) / 1_000);
  return { written: perSecond(writtenAt), delivered: perSecond(performance.now()) };
}

async function asked(what) {
  const answered = once(receiver, "message");
  receiver.send(what);
  return (await answered)[0];
}
