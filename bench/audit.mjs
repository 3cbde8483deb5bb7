// `node bench/audit.mjs`: what recording an audit event costs with its chain and without, and how long checking 100,000
// entries takes. Makes a database of its own on the PostgreSQL server that DATABASE_URL names.
import { register } from "tsx/esm/api";
import { connectTo, withDatabase } from "./bench-database.mjs";
import { showTable } from "./readme-table.mjs";

const ENTRIES = Number(process.env.ENTRIES ?? 100_000);
const ENTRIES_AT_ONCE = 500;
const ROUNDS = 7;
const EVENTS = 200;
const CALLERS = 8;
const LOOK_EVERY_MS = 20;

register();
await withDatabase("audit", async (url) => {
  process.env.DATABASE_URL = url;
  const { migrate } = await import("../lib/platform/database/migrate.ts");
  const { closeDatabase } = await import("../lib/platform/database/unit-of-work.ts");
  await migrate(url, false);
  const client = await connectTo(url);
  await client.query(
    "INSERT INTO workspace (id, name, created_at) VALUES ('wsp_1', 'Acme', now())",
  );
  const recording = await timeRecording(client);
  const checking = await timeChecking(client);
  await client.end();
  await closeDatabase();
  showTable("audit", ["", "", ""], [...recording, ...checking], "Medians;");
});

/** One event a transaction, with the trigger that chains and without, in turn. */
async function timeRecording(client) {
  const times = { chained: { one: [], many: [] }, plain: { one: [], many: [] } };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [kind, trigger] of Object.entries({ chained: "ENABLE", plain: "DISABLE" })) {
      await client.query(`ALTER TABLE audit_event ${trigger} TRIGGER audit_append`);
      times[kind].one.push(await msPerEvent(1));
      times[kind].many.push(await msPerEvent(CALLERS));
    }
  }
  await empty(client);
  await client.query("ALTER TABLE audit_event ENABLE TRIGGER audit_append");
  const row = (name, of) => [name, ms(median(times.plain[of])), ms(median(times.chained[of]))];
  return [
    ["recording", "without a chain", "chained"],
    row("one event a transaction", "one"),
    row(`${CALLERS} callers in one workspace, an event of each`, "many"),
  ];
}

async function msPerEvent(callers) {
  const began = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (let made = 0; made < EVENTS / callers; made += 1) await record(1);
    }),
  );
  return (performance.now() - began) / EVENTS;
}

async function record(count) {
  const { recordAudits } = await import("../lib/people/audit/record.ts");
  const { transact } = await import("../lib/platform/database/unit-of-work.ts");
  const actor = { workspaceId: "wsp_1", memberId: "mem_1", name: "Mara", address: "203.0.113.9" };
  const target = { type: "key", id: "key_1", name: "HubSpot sync" };
  const changes = {
    name: { from: "HubSpot", to: "HubSpot sync" },
    ratePerMinute: { from: 600, to: 60 },
  };
  const event = { action: "key.edited", target, changes };
  const events = Array.from({ length: count }, () => event);
  const by = { ...actor, userAgent: "Mozilla/5.0 (Macintosh) Firefox/145.0" };
  await transact((tx) => recordAudits(tx, by, events, new Date()));
}

async function timeChecking(client) {
  const began = performance.now();
  for (let made = 0; made < ENTRIES; made += ENTRIES_AT_ONCE) await record(ENTRIES_AT_ONCE);
  const filled = seconds(began);
  await client.query("ANALYZE audit_event");
  const { verifyChain } = await import("../lib/access/audit-log/chain/verify-chain.ts");
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let [highest, longestMs, last] = [before, 0, performance.now()];
  const watch = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss());
    longestMs = Math.max(longestMs, performance.now() - last - LOOK_EVERY_MS);
    last = performance.now();
  }, LOOK_EVERY_MS);
  const start = performance.now();
  const verdict = await verifyChain("wsp_1");
  clearInterval(watch);
  if (!verdict.isWhole || verdict.end.number !== ENTRIES) throw new Error(JSON.stringify(verdict));
  return [
    [
      `${ENTRIES.toLocaleString("en")} entries recorded, ${ENTRIES_AT_ONCE} a transaction`,
      "",
      filled,
    ],
    ["and checked", "", seconds(start)],
    ["meanwhile, memory taken at most", "", `${Math.round((highest - before) / 1_048_576)} MiB`],
    ["meanwhile, the longest that others waited", "", ms(longestMs)],
  ];
}

async function empty(client) {
  await client.query(
    "BEGIN; SET LOCAL session_replication_role = replica; TRUNCATE audit_event, audit_chain; COMMIT",
  );
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function ms(value) {
  return `${value.toFixed(2)} ms`;
}

function seconds(since) {
  return `${((performance.now() - since) / 1_000).toFixed(1)} s`;
}
