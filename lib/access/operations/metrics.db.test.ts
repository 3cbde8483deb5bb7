import { readFileSync } from "node:fs";
import { mkdir, rmdir } from "node:fs/promises";
import path from "node:path";
import { Pool } from "pg";
import { afterEach, beforeAll, expect, test } from "vitest";
import { processSpool } from "@/lib/access/activity/recording/process-spool";
import { flushActivity } from "@/lib/access/activity/recording/start";
import { metricsOf } from "@/lib/access/operations/metrics";
import { checkSpool } from "@/lib/access/operations/spool-check";
import { isEmbeddedDatabase, isExecuting, pool } from "@/lib/platform/database/pool";
import { transact } from "@/lib/platform/database/unit-of-work";
import { env } from "@/lib/platform/env";
import { checkDatabase, checkMigrations } from "@/lib/platform/operations/database-checks";
import { metricsWriter } from "@/lib/platform/operations/metrics-text";
import { ReadinessChecks } from "@/lib/platform/operations/readiness";
import { processValues } from "@/lib/platform/process-wide";
import { enqueueJobs } from "@/lib/platform/queue/enqueue";
import { givenOwner } from "@/lib/testing/fixtures";
import { call, givenWorkingKey } from "@/lib/testing/gate";
import { givenWebhook } from "@/lib/testing/webhooks";

let secret: string;
let webhookId: string;

beforeAll(async () => {
  const owner = await givenOwner();
  ({ secret } = await givenWorkingKey(owner));
  webhookId = (await givenWebhook(owner)).id;
});

afterEach(async () => {
  await pool().query("DELETE FROM graphile_worker._private_jobs");
  await pool().query("DELETE FROM webhook_event");
});

const checks = () =>
  new ReadinessChecks({
    database: checkDatabase,
    migrations: checkMigrations,
    spool: checkSpool,
  });

/** A scrape as a new process would answer it: its lines by name and labels. */
async function scrape(): Promise<Map<string, number>> {
  const write = await metricsWriter(metricsOf(checks()));
  const { text } = await write();
  const lines = text.split("\n").filter((line) => line && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(" ");
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

const named = (text: string) => new Set(text.match(/\b(?:postern|process|nodejs)_[a-z0-9_]+/g));
/** The metrics of a scrape with their types. */
async function typesTold(): Promise<Map<string, string>> {
  const { text } = await (await metricsWriter(metricsOf(checks())))();
  return new Map(
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = "", type = ""]) => [name, type]),
  );
}

test("the list in docs/metrics.md names every metric, with its type, and no other", async () => {
  const docs = readFileSync("docs/metrics.md", "utf8");
  const ours = [...docs.matchAll(/^\| `(postern_\w+)`\s+\| (\w+)/gm)].map(([, name, type]) => [
    name,
    type,
  ]);
  const rest = [...docs.matchAll(/^\| `((?:process|nodejs)_\w+)`/gm)].map(([, name]) => name);
  const told = await typesTold();
  const own = [...told].filter(([name]) => name.startsWith("postern_"));
  expect(ours.sort()).toEqual(own.sort());
  expect(rest.sort()).toEqual(
    [...told.keys()].filter((name) => !name.startsWith("postern_")).sort(),
  );
});

test("every metric of the alert rules is told, and so is every label that they ask for", async () => {
  const rules = readFileSync("docs/alerts.yml", "utf8");
  const expressions = [...rules.matchAll(/expr: (?:>\n((?: {10,}.*\n)+)|(.*)\n)/g)].map(
    ([, folded, plain]) => folded ?? plain ?? "",
  );
  expect(expressions.length).toBe(rules.match(/- alert:/g)?.length);
  await call("/me", { secret });
  const told = await typesTold();
  const lines = [...(await scrape()).keys()];
  for (const expression of expressions) {
    for (const name of named(expression)) {
      expect([...told.keys()]).toContain(name.replace(/_(?:bucket|sum|count)$/, ""));
    }
    for (const [, name = "", label = ""] of expression.matchAll(/(postern_\w+)\{(\w+)/g)) {
      expect(lines.some((line) => line.startsWith(`${name}{`) && line.includes(`${label}="`))).toBe(
        true,
      );
    }
  }
  expect(expressions.flatMap((expression) => [...named(expression)]).length).toBeGreaterThan(12);
});

test("calls are counted by outcome, code and route, and by nothing that callers choose", async () => {
  processValues().delete("call-figures");
  processValues().delete("key-look-up-counts");
  await call("/me", { secret });
  await call("/me", { secret });
  await call("/contacts/nobody@example.com", { secret });
  await call("/me");
  await call(`/no/${"x".repeat(50)}`, { secret });
  await call("/me", { secret, method: "DELETE" });
  const told = await scrape();
  const calls = [...told].filter(([line]) => line.startsWith("postern_api_calls_total"));
  expect(Object.fromEntries(calls)).toEqual({
    'postern_api_calls_total{outcome="succeeded",code=""}': 2,
    'postern_api_calls_total{outcome="failed",code="service_unavailable"}': 0,
    'postern_api_calls_total{outcome="failed",code="internal_error"}': 0,
    'postern_api_calls_total{outcome="refused",code="not_found"}': 2,
    'postern_api_calls_total{outcome="refused",code="missing_api_key"}': 1,
    'postern_api_calls_total{outcome="refused",code="method_not_allowed"}': 1,
  });
  const counts = [...told].filter(([line]) => line.includes("duration_seconds_count{method"));
  expect(Object.fromEntries(counts)).toEqual({
    'postern_api_call_duration_seconds_count{method="GET",route="/me",outcome="succeeded"}': 2,
    'postern_api_call_duration_seconds_count{method="GET",route="/me",outcome="refused"}': 1,
    'postern_api_call_duration_seconds_count{method="DELETE",route="/me",outcome="refused"}': 1,
    'postern_api_call_duration_seconds_count{method="GET",route="/contacts/:idOrEmail",outcome="refused"}': 1,
    'postern_api_call_duration_seconds_count{method="GET",route="none",outcome="refused"}': 1,
  });
  const [miss, hit] = ["miss", "hit"].map((result) =>
    told.get(`postern_key_lookups_total{result="${result}"}`),
  );
  expect((miss ?? 0) + (hit ?? 0)).toBe(5);
  expect([...told.keys()].join("\n")).not.toMatch(
    /nobody|example|xxx|203\.0\.113|(?:key|wsp)_[0-9a-z]{20}/,
  );
});

test("what is due in the queue and for webhooks is told with its age, and what is for later is not", async () => {
  const later = new Date("2100-01-01");
  await transact((tx) =>
    enqueueJobs(tx, [
      { task: "deliver_email", payload: { emailId: "eml_1" }, priority: 10 },
      { task: "deliver_email", payload: { emailId: "eml_2" } },
      { task: "deliver_email", payload: { emailId: "eml_3" } },
      { task: "deliver_email", payload: { emailId: "eml_4" }, runAt: later },
    ]),
  );
  await pool().query(
    "UPDATE graphile_worker._private_jobs SET run_at = run_at - interval '90 s' WHERE payload->>'emailId' = 'eml_2'",
  );
  await pool().query(
    `INSERT INTO webhook_event (id, webhook_id, type, object_id, data, at, due_at)
     SELECT 'evt_' || n, $1, 'contact.unsubscribed', 'con_' || n, '{}', now(),
       CASE WHEN n < 3 THEN now() - interval '30 s' ELSE now() + interval '1 h' END
     FROM generate_series(1, 3) AS n`,
    [webhookId],
  );
  const told = await scrape();
  expect(told.get("postern_queue_due_jobs")).toBe(3);
  expect(told.get("postern_queue_oldest_due_age_seconds")).toBeGreaterThanOrEqual(90);
  expect(told.get("postern_queue_oldest_due_age_seconds")).toBeLessThan(150);
  expect(told.get("postern_webhook_due_deliveries")).toBe(2);
  expect(told.get("postern_webhook_oldest_due_age_seconds")).toBeGreaterThanOrEqual(30);
  expect(told.get("postern_webhook_oldest_due_age_seconds")).toBeLessThan(90);
});

test("calls that wait in the spool are told until they are stored", async () => {
  const { mover } = processSpool();
  await mover.stop();
  expect((await scrape()).get("postern_spool_entries")).toBe(0);
  await call("/me", { secret });
  await call("/me", { secret });
  const told = await scrape();
  expect(told.get("postern_spool_entries")).toBe(2);
  expect(told.get("postern_spool_bytes")).toBeGreaterThan(200);
  expect(told.get("postern_spool_oldest_age_seconds")).toBeGreaterThan(0);
  mover.start();
  await flushActivity();
  const after = await scrape();
  expect(after.get("postern_spool_entries")).toBe(0);
  expect(after.get("postern_spool_bytes")).toBe(0);
  expect(after.get("postern_spool_oldest_age_seconds")).toBe(0);
});

test("while the database is away, its figures are left out and all others are told", async () => {
  const real = processValues().get("pool");
  const broken = new Pool({ host: "127.0.0.1", port: 1, connectionTimeoutMillis: 300 });
  processValues().set("pool", broken);
  const told = await scrape();
  processValues().set("pool", real);
  await broken.end();
  expect(told.get('postern_ready{check="database"}')).toBe(0);
  expect(told.get('postern_ready{check="spool"}')).toBe(1);
  expect(told.has("postern_queue_due_jobs")).toBe(false);
  expect(told.has("postern_spool_entries")).toBe(true);
});

test("a database that lacks a migration, and a spool that takes no file, are told apart", async () => {
  expect((await checks().look()).ready).toBe(true);
  const { rows } = await pool().query(
    "UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations) RETURNING id",
  );
  const probe = path.join(env().DATA_DIR, "spool/readiness");
  await mkdir(probe);
  expect(await checks().look()).toEqual({
    ready: false,
    checks: { database: "ok", migrations: "failed", spool: "failed", accepting: "ok" },
  });
  await rmdir(probe);
  await pool().query("UPDATE _prisma_migrations SET finished_at = now() WHERE id = $1", [
    rows[0].id,
  ]);
  expect((await checks().look()).ready).toBe(true);
});

test("the embedded database is there while it is busy with a long statement", async ({ skip }) => {
  skip(!isEmbeddedDatabase(), "A server does other statements meanwhile.");
  const long = pool().query("SELECT pg_sleep(2.5)");
  await expect.poll(isExecuting).toBe(true);
  expect((await checks().look()).checks).toMatchObject({ database: "ok", migrations: "ok" });
  await long;
});
