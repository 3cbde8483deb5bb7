import type { Pool, PoolClient, QueryResult } from "pg";
import { DAY_MS, later } from "@/lib/platform/clock";
import { pool } from "@/lib/platform/database/pool";
import { firstUuidAt } from "@/lib/platform/ids";
import { log } from "@/lib/platform/log";

/** Any constant, as long as every Postern process locks on the same one. */
const PARTITION_LOCK = 7_067_813;
const DELETE_AT_ONCE = 10_000;

/** Hours by route are kept for this many days, since habits are learned from five weeks of them. */
export const ROUTE_HOURS_KEPT_DAYS = 36;
/** A network and a program count as known for this many days after their last call. */
export const CALLERS_KEPT_DAYS = 90;

/** A calendar month in UTC. */
type Month = { name: string; from: Date; to: Date };

/**
 * Makes the partitions of this month and the next where they are missing, and moves their rows out of the
 * default partition. Several processes may do this at once.
 */
export async function keepPartitions(now: Date): Promise<void> {
  for (const month of [monthAt(now, 0), monthAt(now, 1)]) {
    if (!(await exists(month))) await inTransaction((client) => makePartition(client, month));
  }
}

/**
 * Drops the months that ended more than `retentionMonths` ago, and their counts. It drops sooner what only habits need.
 * Returns the names of the dropped partitions.
 */
export async function dropOldPartitions(now: Date, retentionMonths: number): Promise<string[]> {
  const keepFrom = monthAt(now, -retentionMonths).from;
  const dropped: string[] = [];
  for (const name of await partitionsBefore(keepFrom)) {
    await inTransaction((client) => client.query(`DROP TABLE IF EXISTS ${name}`));
    dropped.push(name);
  }
  await deleteInSteps("activity_default", "id < $1", firstUuidAt(keepFrom));
  await deleteInSteps("activity_hour", "hour < $1", keepFrom);
  await deleteInSteps("activity_route_day", "day < $1", keepFrom);
  await deleteInSteps("activity_address_day", "day < $1", keepFrom);
  await deleteInSteps(
    "activity_route_hour",
    "hour < $1",
    later(now, -ROUTE_HOURS_KEPT_DAYS * DAY_MS),
  );
  await deleteInSteps("activity_caller", "last_day < $1", later(now, -CALLERS_KEPT_DAYS * DAY_MS));
  await deleteInSteps("unrecognised_calls", "hour < $1", keepFrom);
  if (dropped.length > 0) log.info({ dropped }, "old activity was dropped");
  return dropped;
}

function monthAt(now: Date, offset: number): Month {
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset));
  const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset + 1));
  return { name: `activity_${from.toISOString().slice(0, 7).replace("-", "_")}`, from, to };
}

/** Only names that we gave (`activity_2026_11`), so they are safe to put into SQL as they are. */
async function partitionsBefore(keepFrom: Date): Promise<string[]> {
  const { rows } = await pool().query<{ name: string }>(
    `SELECT child.relname AS name FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid
     WHERE inhparent = 'activity'::regclass AND child.relname ~ '^activity_[0-9]{4}_[0-9]{2}$'
       AND child.relname < $1 ORDER BY 1`,
    [monthAt(keepFrom, 0).name],
  );
  return rows.map(({ name }) => name);
}

async function exists(month: Month, client: Pool | PoolClient = pool()): Promise<boolean> {
  const { rows } = await client.query<{ made: boolean }>(
    "SELECT to_regclass($1) IS NOT NULL AS made",
    [month.name],
  );
  return rows[0]?.made === true;
}

/**
 * The partition is built beside the table and then attached, since `CREATE … PARTITION OF` fails while the
 * default partition holds a row of that month. The check constraint saves the attach from reading every row.
 */
async function makePartition(client: PoolClient, month: Month): Promise<void> {
  const bounds = [firstUuidAt(month.from), firstUuidAt(month.to)] as const;
  const inMonth = `id >= '${bounds[0]}' AND id < '${bounds[1]}'`;
  await client.query("LOCK TABLE activity_default IN ACCESS EXCLUSIVE MODE");
  // A session sees tables that others made during its transaction only after it takes a table lock.
  if (await exists(month, client)) return;
  await client.query(
    `CREATE TABLE ${month.name} (LIKE activity INCLUDING DEFAULTS,
       CONSTRAINT ${month.name}_month CHECK (${inMonth}))`,
  );
  await client.query(
    `WITH moved AS (DELETE FROM activity_default WHERE ${inMonth} RETURNING *)
     INSERT INTO ${month.name} SELECT * FROM moved`,
  );
  await client.query(
    `ALTER TABLE activity ATTACH PARTITION ${month.name}
       FOR VALUES FROM ('${bounds[0]}') TO ('${bounds[1]}')`,
  );
  await client.query(`ALTER TABLE ${month.name} DROP CONSTRAINT ${month.name}_month`);
}

/** Lets one process work at a time. Without the lock within 3 s, the work is left to the next run. */
async function inTransaction(work: (client: PoolClient) => Promise<unknown>): Promise<void> {
  const client = await pool().connect();
  try {
    await client.query("BEGIN");
    await client.query("SET LOCAL lock_timeout = '3s'");
    await client.query("SELECT pg_advisory_xact_lock($1)", [PARTITION_LOCK]);
    await work(client);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

async function deleteInSteps(
  table: string,
  condition: string,
  bound: string | Date,
): Promise<void> {
  let deleted: number | null = DELETE_AT_ONCE;
  while (deleted === DELETE_AT_ONCE) {
    const result: QueryResult = await pool().query(
      `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
         SELECT ctid FROM ${table} WHERE ${condition} LIMIT ${DELETE_AT_ONCE}))`,
      [bound],
    );
    deleted = result.rowCount;
  }
}
