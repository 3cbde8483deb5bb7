import { db } from "@/lib/platform/database/unit-of-work";

/** A job under which the process died this often is not run again: it would take the next process along. */
const DEATHS_MAX = 2;

/** Gives jobs that have been running for `minutes` back to the queue, and counts that their process died. */
export async function freeAbandonedJobs(minutes: number): Promise<void> {
  await db().$queryRaw`
    WITH abandoned AS (
      SELECT id, locked_by FROM graphile_worker.jobs
      WHERE locked_at <= now() - make_interval(mins => ${minutes}::int)
    ), counted AS (
      INSERT INTO job_death (job_id, deaths) SELECT id, 1 FROM abandoned
      ON CONFLICT (job_id) DO UPDATE SET deaths = job_death.deaths + 1
    )
    SELECT count(graphile_worker.force_unlock_workers(workers))::int
    FROM (SELECT array_agg(DISTINCT locked_by) AS workers FROM abandoned) AS gone
    WHERE workers IS NOT NULL`;
}

/** Forgets the deaths of jobs that are done. */
export async function forgetDeaths(): Promise<void> {
  await db().$executeRaw`
    DELETE FROM job_death
    WHERE NOT EXISTS (SELECT FROM graphile_worker.jobs WHERE jobs.id = job_death.job_id)`;
}

/** Whether a job has taken its process along often enough to be set aside. */
export async function isDeadly(job: { id: string; attempts: number }): Promise<boolean> {
  // Who has not been tried before has not killed anybody.
  if (job.attempts <= DEATHS_MAX) return false;
  const found = await db().jobDeath.findUnique({ where: { jobId: BigInt(job.id) } });
  return (found?.deaths ?? 0) >= DEATHS_MAX;
}
