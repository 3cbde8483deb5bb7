// `node bench/campaigns.mjs`: sends a campaign to 100,000 contacts while a shop sends receipts and others call the API,
// then times the report and the recipients of one with a million email events. Needs a PostgreSQL server, which
// DATABASE_URL names, and built pages (`npm run bench`).
import { setTimeout as pause } from "node:timers/promises";
import { connectTo, withDatabase } from "./bench-database.mjs";
import { showTable } from "./readme-table.mjs";
import { startServer, timesOf } from "./running-server.mjs";

const PEOPLE = Number(process.env.PEOPLE ?? 100_000);
const EMAILS = 200_000;
const OPENS = 500_000;
const CLICKS = 100_000;
const ROUNDS = 20;
const RECEIPT_EVERY_MS = 500;
const CALL_EVERY_MS = 50;
const LOOK_EVERY_MS = 500;

await withDatabase("campaigns", async (url) => {
  const { call, stop } = await startServer({ DATABASE_URL: url });
  const audience = (await call("POST", "/audiences", { name: "Everybody" })).id;
  const sending = await timeSending(url, call, audience);
  const reading = await timeReport(call, await storeEvents(url, call, audience));
  await stop();
  showTable(
    "campaigns",
    ["", "median", "p95 or p99", "slowest"],
    [...sending, ...reading],
    "The 95th percentile, and of `GET /me` the 99th;",
  );
});

async function draft(call, audience_id, name) {
  const html = `<h1>Hello {{ contact.first_name | default: "there" }}</h1>
    <p><a href="https://shop.example/sale">Sale</a></p>${"<p>Tea from everywhere.</p>".repeat(200)}`;
  const from = "Acme <hello@acme.example>";
  return await call("POST", "/campaigns", { name, audience_id, from, subject: name, html });
}

async function timeSending(url, call, audience) {
  const client = await connectTo(url);
  await addPeople(client, audience);
  const { id } = await draft(call, audience, "To everybody");
  const began = performance.now();
  const secondsSince = () => `${((performance.now() - began) / 1_000).toFixed(1)} s`;
  await call("POST", `/campaigns/${id}/send`, {});
  let isSending = true;
  const until = async (state) => {
    while (
      !(await client.query(`SELECT FROM campaign WHERE id = $1 AND ${state}`, [id])).rowCount
    ) {
      await pause(LOOK_EVERY_MS);
    }
    return secondsSince();
  };
  const receipts = every(
    RECEIPT_EVERY_MS,
    () => isSending,
    (n) => sendReceipt(call, n),
  );
  const calls = every(
    CALL_EVERY_MS,
    () => isSending,
    () => call("GET", "/me"),
  );
  const rendered = await until("emails_made_at IS NOT NULL");
  const delivered = await until("status = 'sent'");
  isSending = false;
  const meMs = await calls;
  const handOverMs = await handOverTimes(client, await receipts);
  await client.end();
  return [
    [`${PEOPLE.toLocaleString("en")} emails rendered and queued`, rendered, "", ""],
    ["and all of them delivered to the Outbox", delivered, "", ""],
    ["meanwhile, `GET /me`", ...timesOf(meMs, 0.99)],
    ["meanwhile, a receipt from its acceptance to its hand-over", ...timesOf(handOverMs, 0.95)],
  ];
}

async function addPeople(client, audience) {
  await client.query(
    `WITH people AS (
       INSERT INTO contact (id, workspace_id, environment, email, first_name, properties, created_at, updated_at)
       SELECT 'con_' || lpad(n::text, 26, '0'), workspace_id, 'live', 'person' || n || '@example.com', 'First ' || n,
              '{}', now(), now()
       FROM audience, generate_series(1, $2::int) AS n WHERE id = $1 RETURNING id)
     INSERT INTO audience_member (audience_id, contact_id, added_at) SELECT $1, id, now() FROM people`,
    [audience, PEOPLE],
  );
  await client.query("ANALYZE");
}

/** Does something again and again, as long as `goesOn`, and returns what each time gave, or the milliseconds it took. */
async function every(ms, goesOn, work) {
  const outcomes = [];
  for (let n = 0; goesOn(); n += 1) {
    const began = performance.now();
    const outcome = await work(n);
    const tookMs = performance.now() - began;
    outcomes.push(typeof outcome === "string" ? outcome : tookMs);
    await pause(Math.max(0, ms - tookMs));
  }
  return outcomes;
}

async function sendReceipt(call, n) {
  const message = { from: "shop@acme.example", subject: "Your order", text: "Thank you" };
  return (await call("POST", "/emails", { ...message, to: `buyer${n}@example.com` })).id;
}

async function handOverTimes(client, ids) {
  const { rows } = await client.query(
    `SELECT extract(epoch FROM event.at - email.created_at)::float * 1000 AS ms
     FROM email JOIN email_event AS event ON email_id = email.id AND type = 'delivered'
     WHERE email.id = ANY($1)`,
    [ids],
  );
  if (rows.length < ids.length - 1) throw new Error("A receipt was not delivered.");
  return rows.map(({ ms }) => ms);
}

/** Stores a campaign of the past with all its events, and the counts that belong to them. */
async function storeEvents(url, call, audience) {
  const { id } = await draft(call, audience, "Of long ago");
  const client = await connectTo(url);
  await client.query(
    `INSERT INTO email (id, workspace_id, environment, campaign_id, "from", "to", cc, bcc, reply_to, recipients,
                        subject, status, created_at)
     SELECT 'eml_' || lpad(n::text, 26, '0'), workspace_id, environment, id, "from",
            ARRAY['reader' || n || '@example.com'], '{}', '{}', '{}', ARRAY['reader' || n || '@example.com'],
            subject, 'delivered', now()
     FROM campaign, generate_series(1, ${EMAILS}) AS n WHERE id = $1`,
    [id],
  );
  await storeType(client, id, "queued", EMAILS);
  await storeType(client, id, "delivered", EMAILS);
  await storeType(client, id, "opened", OPENS);
  await storeType(client, id, "clicked", CLICKS);
  await client.query(
    `INSERT INTO campaign_hour SELECT campaign_id, date_trunc('hour', at), type, count(*),
            count(*) FILTER (WHERE first)
     FROM email_event WHERE campaign_id = $1 GROUP BY 1, 2, 3`,
    [id],
  );
  await client.query(
    `INSERT INTO campaign_link SELECT campaign_id, encode(sha256(convert_to(detail->>'url', 'UTF8')), 'hex'),
            detail->>'url', count(*), count(DISTINCT email_id)
     FROM email_event WHERE campaign_id = $1 AND type = 'clicked' GROUP BY 1, 2, 3`,
    [id],
  );
  await client.query(
    "UPDATE campaign SET status = 'sent', started_at = now() - interval '30 days', recipients = $2 WHERE id = $1",
    [id, EMAILS],
  );
  // Autovacuum does the same within a minute of such a load.
  await client.query("ANALYZE email, email_event, campaign_hour");
  await client.end();
  return id;
}

/** Stores the events of one type, spread over thirty days. One email has several opens and clicks. */
async function storeType(client, id, type, count) {
  await client.query(
    `INSERT INTO email_event (id, workspace_id, environment, email_id, campaign_id, type, at, first, detail)
     SELECT 'eev_' || '${type.slice(0, 1)}' || lpad(n::text, 25, '0'), workspace_id, environment,
            'eml_' || lpad((n % ${EMAILS} + 1)::text, 26, '0'), id, '${type}',
            now() - interval '30 days' * (n::float / ${count}), n <= ${EMAILS},
            ${type === "clicked" ? `jsonb_build_object('url', 'https://shop.example/' || n % 40)` : "'{}'"}
     FROM campaign, generate_series(1, ${count}) AS n WHERE id = $1`,
    [id],
  );
}

async function timeReport(call, id) {
  const pages = {
    report: `/campaigns/${id}/report`,
    recipients: `/campaigns/${id}/recipients?limit=50`,
    "recipients that opened": `/campaigns/${id}/recipients?limit=50&status=opened`,
    "recipients that bounced (there is none)": `/campaigns/${id}/recipients?limit=50&status=bounced`,
  };
  const rows = [];
  for (const [name, path] of Object.entries(pages)) {
    const times = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const began = performance.now();
      await call("GET", path);
      times.push(performance.now() - began);
    }
    rows.push([name, ...timesOf(times, 0.95)]);
  }
  return rows;
}
