import { expect, test } from "vitest";
import { cleanUpEmbeddedTables } from "@/lib/platform/database/embedded-upkeep";
import { isEmbeddedDatabase, pool } from "@/lib/platform/database/pool";

const JOBS = "graphile_worker._private_jobs";

async function deadJobs(): Promise<number> {
  await pool().query("SELECT pg_stat_force_next_flush()");
  const { rows } = await pool().query(
    `SELECT n_dead_tup::int AS dead FROM pg_stat_user_tables WHERE relid = '${JOBS}'::regclass`,
  );
  return rows[0].dead;
}

test.skipIf(!isEmbeddedDatabase())(
  "the embedded database loses its dead rows, and keeps the others",
  async () => {
    await pool().query(`
      SELECT graphile_worker.add_job('deliver_email', '{}', run_at := now() + interval '1 day')
      FROM generate_series(1, 3000)`);
    await pool().query(`DELETE FROM ${JOBS} WHERE id % 10 <> 0`);
    expect(await deadJobs()).toBeGreaterThan(2_000);
    const before = (await pool().query(`SELECT count(*)::int AS jobs FROM ${JOBS}`)).rows;
    await cleanUpEmbeddedTables();
    expect(await deadJobs()).toBe(0);
    expect((await pool().query(`SELECT count(*)::int AS jobs FROM ${JOBS}`)).rows).toEqual(before);
  },
);
