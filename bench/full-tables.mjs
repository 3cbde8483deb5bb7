// The tables that grow, filled with as many rows as a bench asks for, and what a call does with one row of each.
import { connectTo } from "./bench-database.mjs";

/**
 * For each table: the rows numbered by `n`, a statement that writes one row and one that reads one, of number `$1`.
 * Numbers go up to `$1` of `fill`.
 */
export const FULL_TABLES = {
  contact: {
    fill: `
      INSERT INTO contact (id, workspace_id, environment, email, first_name, last_name, properties, created_at, updated_at)
      SELECT 'con_' || n, 'wsp_1', 'live', 'person' || n || '@example.com', 'Ada', 'Byron ' || n,
        '{"city": "Vienna", "orders": 12}', now(), now() + n * interval '1 millisecond'
      FROM generate_series(1, $1::int) AS n`,
    write: "UPDATE contact SET first_name = 'Grace' WHERE id = 'con_' || $1",
    read: "SELECT email FROM contact WHERE id = 'con_' || $1",
  },
  email: {
    fill: `
      INSERT INTO email (id, workspace_id, environment, key_id, contact_id, "from", "to", cc, bcc, reply_to, recipients,
        subject, status, created_at, ended_at)
      SELECT 'eml_' || n, 'wsp_1', 'live', 'key_' || n % 1000, 'con_' || n, 'shop@example.org',
        ARRAY['person' || n || '@example.com'], '{}', '{}', '{}', ARRAY['person' || n || '@example.com'],
        'Your order ' || n, 'delivered', now(), now()
      FROM generate_series(1, $1::int) AS n`,
    write: "UPDATE email SET attempts = attempts + 1 WHERE id = 'eml_' || $1",
    read: "SELECT subject FROM email WHERE id = 'eml_' || $1",
  },
  activity: {
    fill: `
      INSERT INTO activity (id, workspace_id, key_id, secret_id, environment, method, route, path, status, duration_ms,
        address, user_agent, bytes_in, bytes_out)
      SELECT (lpad(to_hex((first + (last - first) * n / $1::int)::bigint), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid,
        'wsp_1', 'key_' || n % 1000, 'sec_' || n % 1000, 'live', 'GET', '/contacts/{idOrEmail}', '/contacts/con_' || n,
        200, 3, '203.0.113.' || n % 256, 'HubSpot-Sync/3.1 (node 22.4.0)', 0, 640
      FROM generate_series(1, $1::int) AS n,
        (SELECT extract(epoch FROM date_trunc('month', now(), 'UTC')) * 1000, extract(epoch FROM now()) * 1000)
          AS time (first, last)`,
    write: `
      INSERT INTO activity (id, workspace_id, key_id, secret_id, environment, method, route, path, status, duration_ms,
        address, user_agent, bytes_in, bytes_out)
      VALUES ((lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7000'
          || '8' || substr(md5(random()::text), 1, 15))::uuid,
        'wsp_1', 'key_1', 'sec_1', 'live', 'GET', '/contacts/{idOrEmail}', '/contacts/con_' || $1, 200, 3, '203.0.113.9',
        'HubSpot-Sync/3.1 (node 22.4.0)', 0, 640)`,
    read: `
      SELECT path FROM activity WHERE workspace_id = 'wsp_1' AND key_id = 'key_' || $1::int % 1000
      ORDER BY id DESC LIMIT 50`,
  },
  api_key: {
    fill: `
      INSERT INTO api_key (id, workspace_id, owner_id, name, environment, scopes, allowed_addresses, created_at,
        creation_token)
      SELECT 'key_' || n, 'wsp_1', 'mem_1', 'Key ' || n, 'live', ARRAY['contacts:read'], '{}', now(), 'token_' || n
      FROM generate_series(1, $1::int) AS n`,
    write: "UPDATE api_key SET last_used_at = now() WHERE id = 'key_' || $1",
    read: "SELECT name FROM api_key WHERE id = 'key_' || $1",
  },
  api_key_secret: {
    fill: `
      INSERT INTO api_key_secret (id, workspace_id, key_id, hash, last_four, created_at)
      SELECT 'sec_' || n, 'wsp_1', 'key_' || n, md5(n::text) || md5(n::text), '0000', now()
      FROM generate_series(1, $1::int) AS n`,
    write: "UPDATE api_key_secret SET last_used_at = now() WHERE id = 'sec_' || $1",
    read: "SELECT key_id FROM api_key_secret WHERE hash = md5($1) || md5($1)",
  },
  member: {
    fill: `
      INSERT INTO member (id, workspace_id, user_id, role, created_at)
      SELECT 'mem_' || n, 'wsp_1', 'usr_' || n, 'viewer', now() FROM generate_series(1, $1::int) AS n`,
    write: "UPDATE member SET notices_seen_at = now() WHERE id = 'mem_' || $1",
    read: "SELECT role FROM member WHERE id = 'mem_' || $1",
  },
};

/** Fills all of them with so many rows each, in the database at `url`. */
export async function fillTables(url, rows) {
  const client = await connectTo(url);
  await client.query(
    "INSERT INTO workspace (id, name, created_at) VALUES ('wsp_1', 'Acme', now())",
  );
  await client.end();
  await Promise.all(
    Object.entries(FULL_TABLES).map(([table, { fill }]) => filled(url, table, fill, rows)),
  );
}

/** As a restore does it: without triggers, and with the indexes made afterwards. */
async function filled(url, table, fill, rows) {
  const client = await connectTo(url);
  const indexes = await client.query(
    `SELECT indexrelid::regclass::text AS name, replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') AS definition
     FROM pg_index WHERE indrelid = $1::regclass
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`,
    [table],
  );
  await client.query("SET session_replication_role = replica; SET maintenance_work_mem = '256MB'");
  for (const { name } of indexes.rows) await client.query(`DROP INDEX ${name}`);
  await client.query(fill, [rows]);
  for (const { definition } of indexes.rows) await client.query(definition);
  await client.query(`VACUUM ANALYZE ${table}`);
  await client.end();
}
