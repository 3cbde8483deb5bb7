// `node bench/deliveries.mjs`: emails that wait, handed over to a mail server, beside `nodemailer` alone that sends the
// same messages to the same server. Needs a PostgreSQL server, which DATABASE_URL names, and built pages (`npm run bench`).
import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { createTransport } from "nodemailer";
import { withDatabase } from "./bench-database.mjs";
import { showTable } from "./readme-table.mjs";
import { startServer } from "./running-server.mjs";

const EMAILS = 3_000;
const ROUNDS = 3;
/** The time within which all emails of a round are accepted; they are due at its end. */
const ACCEPT_MS = 30_000;
const CALLERS = 16;

const sink = fork(new URL("smtp-sink.mjs", import.meta.url));
const [{ url }] = await once(sink, "message");
await withDatabase("deliveries", async (database) => {
  const { call, stop } = await startServer({
    DATABASE_URL: database,
    SMTP_URL: url,
    APP_URL: "https://bench.example",
  });
  const rates = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const floor = await rateOf(sendByNodemailer);
    const product = await rateOf(() => sendByProduct(call));
    rates.push({ floor, product, ratio: product / floor });
  }
  await stop();
  const median = (name) => rates.map((rate) => rate[name]).toSorted((a, b) => a - b)[ROUNDS >> 1];
  const perSecond = (name) => `${Math.round(median(name)).toLocaleString("en")}/s`;
  showTable(
    "deliveries",
    ["", "nodemailer", "product", "ratio"],
    [["deliveries", perSecond("floor"), perSecond("product"), median("ratio").toFixed(3)]],
    `${EMAILS.toLocaleString("en")} emails of 1.2 KB, ${ROUNDS} rounds in turn, medians;`,
  );
});
sink.kill();

function message(n) {
  const html = "<p>Thank you for your order.</p>".repeat(40);
  return {
    from: "Shop <shop@example.com>",
    to: `person${n}@example.com`,
    subject: `Order ${n}`,
    html,
  };
}

/** Messages a second, between the first and the last that the mail server took. */
async function rateOf(send) {
  await asked("start anew");
  await send();
  let report = await asked("report");
  while (report.taken < EMAILS) {
    await pause(100);
    report = await asked("report");
  }
  return (EMAILS - 1) / (report.spanMs / 1_000);
}

async function asked(what) {
  const answered = once(sink, "message");
  sink.send(what);
  return (await answered)[0];
}

async function sendByNodemailer() {
  const transport = createTransport({ url, pool: true });
  await Promise.all(Array.from({ length: EMAILS }, (_, n) => transport.sendMail(message(n))));
  transport.close();
}

async function sendByProduct(call) {
  const scheduled_at = new Date(Date.now() + ACCEPT_MS).toISOString();
  let next = 0;
  const caller = async () => {
    for (let n = next++; n < EMAILS; n = next++) {
      await call("POST", "/emails", { ...message(n), scheduled_at });
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  if (Date.now() > Date.parse(scheduled_at)) throw new Error("The emails were due too soon.");
}
