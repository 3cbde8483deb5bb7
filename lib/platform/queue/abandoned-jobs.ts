import { db } from "@/lib/platform/database/unit-of-work";

/**
 * A job under which the process died this often is not run again: it would take the next process along. Who kills
 * processes again and again meets the same job a second time, so that says little yet.
 */
const DEATHS_MAX = 4;

/**
 * Gives jobs that a process has held for `minutes` back to the queue, and counts that it died. It held many that it
 * had not begun, so a further death counts only for a job that was running alone then (`suspicionOf`).
 */
export async function freeAbandonedJobs(minutes: number): Promise<void> {
  await db().$queryRaw`
    WITH abandoned AS (
      SELECT id, locked_by FROM graphile_worker.jobs
      WHERE locked_at <= now() - make_interval(mins => ${minutes}::int)
    ), counted AS (
      INSERT INTO job_death (job_id, deaths) SELECT id, 1 FROM abandoned
      ON CONFLICT (job_id) DO UPDATE
        SET deaths = job_death.deaths + job_death.running::int, running = FALSE
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

/**
 * Whether a job may be what its process died of. `none`: it was never held by one that died. `deadly`: it has taken
 * its process along often enough to be set aside. A `suspect` runs alone, and notes that by `noteRunning`.
 */
export async function suspicionOf(job: {
  id: string;
  attempts: number;
}): Promise<"none" | "suspect" | "deadly"> {
  // A job that is tried for the first time has not killed anybody.
  if (job.attempts <= 1) return "none";
  const found = await db().jobDeath.findUnique({ where: { jobId: BigInt(job.id) } });
  if (!found) return "none";
  return found.deaths >= DEATHS_MAX ? "deadly" : "suspect";
}

/** Notes whether a suspect is running. */
export async function noteRunning(job: { id: string }, running: boolean): Promise<void> {
  await db().jobDeath.updateMany({ where: { jobId: BigInt(job.id) }, data: { running } });
}
