import { pool } from "@/lib/platform/database/pool";

/** Empties every table, in whatever database the test runs on. */
export async function emptyDatabase(): Promise<void> {
  const { rows } = await pool().query(
    "SELECT string_agg(format('%I', tablename), ', ') AS names FROM pg_tables " +
      "WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'",
  );
  await pool().query(`TRUNCATE ${rows[0].names} CASCADE`);
  await pool().query(
    "SELECT graphile_worker.complete_jobs(ARRAY(SELECT id FROM graphile_worker.jobs))",
  );
}
