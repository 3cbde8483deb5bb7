// `node bench/campaigns.mjs`: sends a campaign to 10,000 contacts, then times the report and the recipients of
// one with a million email events. Needs DATABASE_URL: an empty database on a server. Run `npm run bench`
// once before.
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { startServer, timeCalls } from "./running-server.mjs";

const PEOPLE = 10_000;
const BATCH = 1_000;
const EMAILS = 200_000;
const OPENS = 500_000;
const CLICKS = 100_000;
const ROUNDS = 20;

const { call, stop } = await startServer();
const audience = (await call("POST", "/audiences", { name: "Everybody" })).id;
await timeSending();
await timeReport(await storeEvents());
await stop();

async function draft(name) {
  const html = `<h1>Hello {{ contact.first_name | default: "there" }}</h1>
    <p><a href="https://shop.example/sale">Sale</a></p>${"<p>Tea from everywhere.</p>".repeat(200)}`;
  const from = "Acme <hello@acme.example>";
  return await call("POST", "/campaigns", {
    name,
    audience_id: audience,
    from,
    subject: name,
    html,
  });
}

async function timeSending() {
  for (let from = 0; from < PEOPLE; from += BATCH) {
    const batch = Array.from({ length: BATCH }, (_, at) => ({
      email: `person${from + at}@example.com`,
      first_name: `First ${from + at}`,
      audiences: [audience],
    }));
    await call("POST", "/contacts/batch", batch);
  }
  const { id } = await draft("To everybody");
  const began = performance.now();
  await call("POST", `/campaigns/${id}/send`, {});
  while ((await call("GET", `/campaigns/${id}/report`)).recipients < PEOPLE) await pause(200);
  const secondsSince = () => ((performance.now() - began) / 1_000).toFixed(1);
  // The only result of a bench is its output.
  console.log(`${PEOPLE} emails rendered and queued in ${secondsSince()} s`);
  while ((await call("GET", `/campaigns/${id}/report`)).delivered < PEOPLE) await pause(500);
  console.log(`${PEOPLE} emails delivered to the Outbox in ${secondsSince()} s`);
}

/** Stores a campaign of the past with all its events, and the counts that belong to them. */
async function storeEvents() {
  const { id } = await draft("Of long ago");
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
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

async function timeReport(id) {
  const pages = {
    report: `/campaigns/${id}/report`,
    recipients: `/campaigns/${id}/recipients?limit=50`,
    "recipients that opened": `/campaigns/${id}/recipients?limit=50&status=opened`,
    "recipients that bounced (none)": `/campaigns/${id}/recipients?limit=50&status=bounced`,
  };
  for (const [name, path] of Object.entries(pages)) {
    await timeCalls(call, name, path, ROUNDS);
  }
}
