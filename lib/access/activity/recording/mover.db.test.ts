import { EventEmitter, once } from "node:events";
import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Pool } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Mover } from "@/lib/access/activity/recording/mover";
import { processSpool } from "@/lib/access/activity/recording/process-spool";
import { countUnrecognised, recordRequests } from "@/lib/access/activity/recording/record";
import { Spool } from "@/lib/access/activity/recording/spool";
import { flushActivity, startActivity, stopActivity } from "@/lib/access/activity/recording/start";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { now } from "@/lib/platform/clock";
import { isEmbeddedDatabase, pool } from "@/lib/platform/database/pool";
import { db } from "@/lib/platform/database/unit-of-work";
import { env } from "@/lib/platform/env";
import { newId } from "@/lib/platform/ids";
import { aRequest } from "@/lib/testing/activity-records";
import { idsRecordedUntilKilled } from "@/lib/testing/recording-process";

let directory: string;
beforeEach(() => {
  directory = fs.mkdtempSync(path.join(tmpdir(), "spool-"));
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

const stored = async (keyId: string) =>
  (await db().activity.findMany({ where: { keyId }, select: { id: true } }))
    .map(({ id }) => id)
    .sort();
const counted = async (keyId: string) =>
  (await db().activityHour.aggregate({ where: { keyId }, _sum: { calls: true } }))._sum.calls;

/** Resolves once the database has taken the spool's next batch. */
function nextBatchMoved(spool: Spool): Promise<void> {
  return new Promise((resolve) => {
    const advance = spool.advance.bind(spool);
    spool.advance = (batch) => {
      advance(batch);
      spool.advance = advance;
      resolve();
    };
  });
}

test("a process killed in the middle of recording and moving loses no acknowledged call, and none is there twice", async () => {
  const keyId = newId("key", now());
  const acknowledged: string[] = [];
  for (const afterCalls of [37, 1_400, 2_900]) {
    acknowledged.push(...(await idsRecordedUntilKilled(directory, keyId, afterCalls)));
  }
  const spool = new Spool(path.join(directory, "spool"));
  const mover = new Mover(spool);
  expect(await mover.flush()).toBe(true);
  const ids = await stored(keyId);
  expect(acknowledged.length).toBeGreaterThan(4_000);
  expect(new Set(ids).size).toBe(ids.length);
  expect(acknowledged.filter((id) => !ids.includes(id))).toEqual([]);
  expect(await counted(keyId)).toBe(ids.length);
  await mover.stop();
  spool.close();
  expect(fs.readdirSync(path.join(directory, "spool"))).toEqual([]);
}, 60_000);

test("while the database is away calls are kept, and moved once it is back", async () => {
  const keyId = newId("key", now());
  const nowhere = new Pool({ connectionString: "postgresql://nobody@127.0.0.1:1/none" });
  const attempts = new EventEmitter();
  let away = true;
  const spool = new Spool(directory);
  const mover = new Mover(spool, async (records, counts) => {
    attempts.emit("attempt");
    if (away) await nowhere.query("SELECT 1");
    return await storeBatch(records, counts);
  });
  mover.start();
  const first = aRequest({ keyId });
  spool.append([first]);
  await once(attempts, "attempt");
  await once(attempts, "attempt");
  const second = aRequest({ keyId });
  spool.append([second]);
  expect(await mover.flush()).toBe(false);
  expect(await stored(keyId)).toEqual([]);
  away = false;
  await nextBatchMoved(spool);
  expect(await stored(keyId)).toEqual([first.id, second.id].sort());
  await mover.stop();
  spool.close();
  await nowhere.end();
  expect(fs.readdirSync(directory)).toEqual([]);
});

test("a commit whose answer was lost is offered again and counted once", async () => {
  const keyId = newId("key", now());
  const spool = new Spool(directory);
  let lost = false;
  const mover = new Mover(spool, async (records, counts) => {
    const inserted = await storeBatch(records, counts);
    if (lost) return inserted;
    lost = true;
    throw new Error("Connection terminated unexpectedly");
  });
  for (let call = 0; call < 20; call += 1) spool.append([aRequest({ keyId })]);
  expect(await mover.flush()).toBe(false);
  expect(await mover.flush()).toBe(true);
  expect(await stored(keyId)).toHaveLength(20);
  expect(await counted(keyId)).toBe(20);
  spool.close();
});

test("a row the database will never take is set aside and holds up no other", async () => {
  const keyId = newId("key", now());
  const spool = new Spool(directory);
  const mover = new Mover(spool);
  const records = Array.from({ length: 9 }, (_, at) =>
    aRequest({ keyId, status: at === 2 || at === 7 ? 70_000 : 200 }),
  );
  for (const record of records) spool.append([record]);
  spool.count("missing_api_key", new Date("2020-01-01T00:00:00Z"));
  expect(await mover.flush()).toBe(true);
  expect(await stored(keyId)).toHaveLength(7);
  expect(await counted(keyId)).toBe(7);
  const where = { hour: new Date("2020-01-01T00:00:00Z") };
  expect(await db().unrecognisedCalls.findMany({ where })).toMatchObject([{ calls: 1 }]);
  spool.close();
  const rejected = fs.readFileSync(path.join(directory, "rejected.ndjson"), "utf8").trim();
  expect(rejected.split("\n").map((line) => JSON.parse(line).id)).toEqual([
    records[2]?.id,
    records[7]?.id,
  ]);
});

test("this process's calls reach the table by themselves, within a moment", async () => {
  await startActivity();
  await startActivity();
  const keyId = newId("key", now());
  const before = performance.now();
  const moved = nextBatchMoved(processSpool().spool);
  recordRequests([aRequest({ keyId })]);
  await moved;
  expect(await stored(keyId)).toHaveLength(1);
  expect(performance.now() - before).toBeLessThan(1_000);
  recordRequests([aRequest({ keyId })]);
  countUnrecognised("key_in_url", new Date("2021-01-01T00:00:00Z"));
  await stopActivity();
  await stopActivity();
  expect(await stored(keyId)).toHaveLength(2);
  const hour = new Date("2021-01-01T00:00:00Z");
  expect(await db().unrecognisedCalls.findMany({ where: { hour } })).toMatchObject([{ calls: 1 }]);
  recordRequests([aRequest({ keyId })]);
  expect(fs.readdirSync(path.join(env().DATA_DIR, "spool"))).toHaveLength(1);
  await startActivity();
  expect(await flushActivity()).toBe(true);
  expect(await stored(keyId)).toHaveLength(3);
  await stopActivity();
});

test.skipIf(isEmbeddedDatabase())(
  "two processes storing the same keys at once do not lock each other out",
  async () => {
    const keyId = newId("key", now());
    const batches = Array.from({ length: 20 }, () =>
      Array.from({ length: 50 }, (_, at) => aRequest({ keyId, secretId: `sec_${at % 7}` })),
    );
    await Promise.all(batches.map((batch) => storeBatch(batch, [])));
    expect(await counted(keyId)).toBe(1_000);
    expect((await pool().query("SELECT 1")).rowCount).toBe(1);
  },
);
