// `node bench/row-sizes.mjs [rows]`: the bytes that a call and a key take in the database, with their indexes, for
// docs/scale.md. Stores the rows by the product's own statement. Needs a PostgreSQL server, which DATABASE_URL names.
import { register } from "tsx/esm/api";
import { connectTo, withDatabase } from "./bench-database.mjs";
import { addKeys } from "./many-keys.mjs";
import { showTable } from "./readme-table.mjs";

const [ROWS = 1_000_000] = process.argv.slice(2).map(Number).filter(Boolean);
const KEYS = Math.ceil(ROWS / 1_000);
const DAYS = 20;
const ADDED_KEYS = 100_000;
const BATCH = 500;
const ROUTES = [
  ["GET", "/contacts/{idOrEmail}", "contacts:read"],
  ["PUT", "/contacts/{idOrEmail}", "contacts:write"],
  ["GET", "/contacts", "contacts:read"],
  ["POST", "/emails", "emails:send"],
];

register();
const { migrate } = await import("../lib/platform/database/migrate.ts");
const { keepPartitions } = await import("../lib/access/activity/recording/partitions.ts");
const { storeBatch } = await import("../lib/access/activity/recording/store.ts");
const { closeDatabase } = await import("../lib/platform/database/unit-of-work.ts");
const { newUuid } = await import("../lib/platform/ids.ts");
const { createWorkspaceWithKey } = await import("./workspace-with-key.ts");

await withDatabase("row_sizes", async (url) => {
  process.env.DATABASE_URL = url;
  await migrate(url, false);
  const client = await connectTo(url);
  const now = new Date();
  await keepPartitions(now);
  const before = await sizes(client);
  const startedAt = performance.now();
  for (let from = 0; from < ROWS; from += BATCH) {
    const rows = Array.from({ length: BATCH }, (_, at) => call(from + at, now));
    await storeBatch(rows, []);
  }
  const tookMs = performance.now() - startedAt;
  await client.query("VACUUM ANALYZE");
  const after = await sizes(client);
  const counts = await rowCounts(client);
  const rows = Object.keys(counts).map((table) => {
    const bytes = after[table] - (before[table] ?? 0);
    return [
      `\`${table}\``,
      counts[table].toLocaleString("en"),
      `${Math.round(bytes / counts[table])} B`,
      `${Math.round(bytes / ROWS)} B`,
    ];
  });
  const total = Object.keys(counts).reduce(
    (sum, table) => sum + after[table] - (before[table] ?? 0),
    0,
  );
  showTable(
    "sizes",
    ["with its indexes", "rows", "a row", "a call"],
    [...rows, ["all", "", "", `${Math.round(total / ROWS)} B`], ...(await keyRows(client))],
    `${ROWS.toLocaleString("en")} calls of ${KEYS.toLocaleString("en")} keys over ${DAYS} days, ` +
      `stored at ${Math.round(ROWS / (tookMs / 1_000)).toLocaleString("en")} rows a second;`,
  );
  await closeDatabase();
  await client.end();
});

/** The tables of keys, with so many in them. */
async function keyRows(client) {
  await createWorkspaceWithKey();
  await addKeys(client, ADDED_KEYS);
  const { rows } = await client.query(`
    SELECT relname AS name, pg_total_relation_size(oid)::float8 AS bytes FROM pg_class
    WHERE relname IN ('api_key', 'api_key_secret') ORDER BY 1`);
  return rows.map(({ name, bytes }) => [
    `\`${name}\``,
    ADDED_KEYS.toLocaleString("en"),
    `${Math.round(bytes / ADDED_KEYS)} B`,
    "",
  ]);
}

/** An ordinary call, of any of the keys at any time of the days before. */
function call(at, now) {
  const key = (at * 7_919) % KEYS;
  const id = String(key).padStart(26, "0");
  const [method, route, scope] = ROUTES[(at * 31) % ROUTES.length];
  const made = new Date(now.getTime() - Math.floor(((ROWS - at) / ROWS) * DAYS * 86_400_000));
  const failed = at % 40 === 0;
  return {
    id: newUuid(made),
    workspaceId: `wsp_${String(key % 500).padStart(26, "0")}`,
    keyId: `key_${id}`,
    secretId: `sec_${id}`,
    environment: "live",
    method,
    route,
    path: route.replace("{idOrEmail}", `person${at % 100_000}@example.com`),
    status: failed ? 404 : 200,
    code: failed ? "not_found" : null,
    durationMs: 1 + (at % 30),
    address: `203.0.${key % 256}.${(key >> 8) % 256}`,
    userAgent: "HubSpot-Sync/3.1 (node 22.4.0)",
    bytesIn: method === "GET" ? 0 : 180,
    bytesOut: 640,
    scopes: [scope],
    authenticated: true,
    repeats: 0,
    contactsRead: 1,
    contactsChanged: 0,
    recipients: 0,
  };
}

/** The bytes of each table of activity with its indexes; of the partitions together. */
async function sizes(client) {
  const { rows } = await client.query(`
    SELECT CASE WHEN relname ~ '^activity_(2|default)' THEN 'activity' ELSE relname END AS name,
      sum(pg_total_relation_size(oid))::float8 AS bytes
    FROM pg_class WHERE relname LIKE 'activity%' AND relkind = 'r' GROUP BY 1`);
  return Object.fromEntries(rows.map(({ name, bytes }) => [name, bytes]));
}

async function rowCounts(client) {
  const counts = {};
  for (const table of [
    "activity",
    "activity_hour",
    "activity_route_hour",
    "activity_route_day",
    "activity_address_day",
    "activity_caller",
  ]) {
    const { rows } = await client.query(`SELECT count(*)::int AS count FROM ${table}`);
    counts[table] = rows[0].count;
  }
  return counts;
}
