import { beforeEach, expect, test } from "vitest";
import { dropOldPartitions, keepPartitions } from "@/lib/access/activity/recording/partitions";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { pool } from "@/lib/platform/database/pool";
import { db } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { aRequest } from "@/lib/testing/activity-records";
import { emptyDatabase } from "@/lib/testing/empty-database";

async function rowsByPartition(keyId: string): Promise<Record<string, number>> {
  const { rows } = await pool().query(
    "SELECT tableoid::regclass::text AS name, count(*)::int FROM activity WHERE key_id = $1 GROUP BY 1",
    [keyId],
  );
  return Object.fromEntries(rows.map((row) => [row.name, row.count]));
}

async function partitions(): Promise<string[]> {
  const { rows } = await pool().query(
    "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'activity'::regclass ORDER BY 1",
  );
  return rows.map((row) => row.name);
}

beforeEach(async () => {
  for (const name of await partitions()) {
    if (name !== "activity_default") await pool().query(`DROP TABLE ${name}`);
  }
  await emptyDatabase();
});

test("this month and the next are made once, whoever asks at the same time", async () => {
  const at = new Date("2026-12-31T23:59:59.999Z");
  await Promise.all([keepPartitions(at), keepPartitions(at), keepPartitions(at)]);
  expect(await partitions()).toEqual(["activity_2026_12", "activity_2027_01", "activity_default"]);
  const keyId = newId("key", at);
  const instants = ["2026-12-01T00:00:00Z", "2026-12-31T23:59:59.999Z", "2027-01-01T00:00:00Z"];
  const records = instants.map((text) => aRequest({ keyId, at: new Date(text) }));
  await storeBatch(records, []);
  expect(await storeBatch(records, [])).toBe(0);
  expect(await rowsByPartition(keyId)).toEqual({ activity_2026_12: 2, activity_2027_01: 1 });
});

test("rows that fell in the default partition move to their month, and stay unique", async () => {
  const keyId = newId("key", new Date());
  const records = ["2026-10-31T23:59:59Z", "2026-11-01T00:00:00Z", "2026-11-30T12:00:00Z"].map(
    (text) => aRequest({ keyId, at: new Date(text) }),
  );
  await storeBatch(records, []);
  expect(await rowsByPartition(keyId)).toEqual({ activity_default: 3 });
  await keepPartitions(new Date("2026-11-02T00:00:00Z"));
  expect(await rowsByPartition(keyId)).toEqual({ activity_default: 1, activity_2026_11: 2 });
  expect(await storeBatch(records, [])).toBe(0);
  const { rows } = await pool().query(
    "SELECT count(*)::int FROM pg_index WHERE indrelid = 'activity_2026_11'::regclass",
  );
  expect(rows[0].count).toBe(6);
});

test("months older than the retention go whole, with their counts", async () => {
  const keyId = newId("key", new Date());
  const months = ["2025-09", "2025-10", "2025-11", "2026-11"];
  for (const month of months) {
    await keepPartitions(new Date(`${month}-15T00:00:00Z`));
    await storeBatch([aRequest({ keyId, at: new Date(`${month}-15T00:00:00Z`) })], []);
  }
  await storeBatch([aRequest({ keyId, at: new Date("2024-01-15T00:00:00Z") })], []);
  const dropped = await dropOldPartitions(new Date("2026-11-23T00:00:00Z"), 13);
  expect(dropped).toEqual(["activity_2025_09"]);
  expect(await rowsByPartition(keyId)).toEqual({
    activity_2025_10: 1,
    activity_2025_11: 1,
    activity_2026_11: 1,
  });
  expect(await db().activityHour.count({ where: { keyId } })).toBe(3);
  expect(await dropOldPartitions(new Date("2026-11-23T00:00:00Z"), 13)).toEqual([]);
});
