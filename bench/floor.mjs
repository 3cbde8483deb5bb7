// The floor under the calls: `node:http` and a `pg` pool that do by hand, in one statement each, what the product's
// call must at least have done to the database by the time it answers. Prints `READY <origin> -`.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { Pool } from "pg";

const POOL_SIZE = 10;
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: POOL_SIZE });
const [place] = (
  await pool.query("SELECT workspace_id AS workspace, id AS key FROM api_key LIMIT 1")
).rows;

const GET_CONTACT = `
  SELECT id, email, first_name, last_name, unsubscribed, properties, created_at, updated_at
  FROM contact WHERE workspace_id = $1 AND environment = 'live' AND email = $2`;

const PUT_CONTACT = `
  INSERT INTO contact AS known (id, workspace_id, environment, email, first_name, properties, created_at, updated_at,
                                created_by, changed_by)
  VALUES ($1, $2, 'live', $3, $4, $5, now(), now(), $6, $6)
  ON CONFLICT (workspace_id, environment, email) DO UPDATE SET
    first_name = EXCLUDED.first_name, properties = known.properties || EXCLUDED.properties,
    updated_at = EXCLUDED.updated_at, changed_by = EXCLUDED.changed_by
  RETURNING id, email, first_name, last_name, unsubscribed, properties, created_at, updated_at`;

const SEND_EVENT = `
  WITH stored AS (
    INSERT INTO contact_event (id, workspace_id, environment, contact_id, name, payload, at, received_at, key_id)
    SELECT $1, $2, 'live', id, $4, $5, now(), now(), $6
    FROM contact WHERE workspace_id = $2 AND environment = 'live' AND email = $3
    RETURNING contact_id, name, payload, at)
  INSERT INTO contact_event_count AS known (workspace_id, environment, contact_id, name, count, last_at, last_payload)
  SELECT $2, 'live', contact_id, name, 1, at, payload FROM stored
  ON CONFLICT (contact_id, name) DO UPDATE SET
    count = known.count + 1, last_at = EXCLUDED.last_at, last_payload = EXCLUDED.last_payload
  RETURNING contact_id`;

const SEND_EMAIL = `
  WITH stored AS (
    INSERT INTO email (id, workspace_id, environment, key_id, contact_id, "from", "to", cc, bcc, reply_to, recipients,
                       subject, status, created_at)
    VALUES ($1, $2, 'live', $3, (SELECT id FROM contact WHERE workspace_id = $2 AND environment = 'live' AND email = $5),
            $4, ARRAY[$5], '{}', '{}', '{}', ARRAY[$5], $6, 'queued', now())),
  content AS (INSERT INTO email_content (email_id, html, text, headers) VALUES ($1, $7, NULL, '{}')),
  event AS (
    INSERT INTO email_event (id, workspace_id, environment, email_id, type, at, first, detail)
    VALUES ($8, $2, 'live', $1, 'queued', now(), TRUE, '{}'))
  INSERT INTO graphile_worker._private_jobs (task_id, payload, key)
  SELECT id, json_build_object('emailId', $1::text), 'email:' || $1
  FROM graphile_worker._private_tasks WHERE identifier = 'deliver_email'`;

const calls = {
  "GET /contacts": async (email) => (await run("get", GET_CONTACT, [place.workspace, email]))[0],
  "PUT /contacts": async (email, { first_name, properties }) =>
    (
      await run("put", PUT_CONTACT, [
        newId("con"),
        place.workspace,
        email,
        first_name,
        properties,
        place.key,
      ])
    )[0],
  "POST /events": async (_, { email, event, payload }) => {
    const id = newId("evt");
    const values = [id, place.workspace, email, event, payload, place.key];
    return { id, event, contact_id: (await run("event", SEND_EVENT, values))[0].contact_id };
  },
  "POST /emails": async (_, { from, to, subject, html }) => {
    const id = newId("eml");
    const values = [id, place.workspace, place.key, from, to, subject, html, newId("eev")];
    await run("email", SEND_EMAIL, values);
    return { id };
  },
};

const server = createServer((request, response) => {
  const [, , , resource, email = ""] = request.url.split("/");
  const call = calls[`${request.method} /${resource}`];
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", async () => {
    const sent = chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
    const body = JSON.stringify(await call(decodeURIComponent(email), sent));
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": body.length });
    response.end(body);
  });
});
server.listen(0, "127.0.0.1", () => {
  // The bench that started this process waits for the line.
  console.log(`READY http://127.0.0.1:${server.address().port} -`);
});

async function run(name, text, values) {
  return (await pool.query({ name, text, values })).rows;
}

function newId(prefix) {
  return `${prefix}_${randomUUID().replaceAll("-", "").slice(0, 26)}`;
}
