import { pool } from "@/lib/platform/database/pool";

/** Empties every table, in whatever database the test runs on; also the audit log, whose triggers stay out of it. */
export async function emptyDatabase(): Promise<void> {
  const { rows } = await pool().query(
    "SELECT string_agg(format('%I', tablename), ', ') AS names FROM pg_tables " +
      "WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'",
  );
  await pool().query(
    `BEGIN; SET LOCAL session_replication_role = replica; TRUNCATE ${rows[0].names} CASCADE; COMMIT`,
  );
  await pool().query(
    "SELECT graphile_worker.complete_jobs(ARRAY(SELECT id FROM graphile_worker.jobs))",
  );
}
