import { type Backlog, backlogIn } from "@/lib/platform/operations/backlog";

/** The most jobs of one priority that are counted. */
const COUNTED_MAX = 10_000;

/**
 * The jobs that are due and that no process has begun. It jumps from one priority to the next, since the queue's index
 * begins with them: a million jobs that wait for tomorrow cost nothing here.
 */
const DUE_JOBS = `
  WITH RECURSIVE priorities (priority) AS (
    SELECT min(priority) FROM graphile_worker._private_jobs WHERE is_available
    UNION ALL
    SELECT (SELECT min(priority) FROM graphile_worker._private_jobs
            WHERE is_available AND priority > known.priority)
    FROM priorities AS known WHERE known.priority IS NOT NULL
  )
  SELECT coalesce(sum(waiting.jobs), 0)::int AS due,
    extract(epoch FROM now() - min(waiting.oldest))::float8 AS "oldestSeconds"
  FROM priorities CROSS JOIN LATERAL (
    SELECT count(*) AS jobs, min(run_at) AS oldest FROM (
      SELECT run_at FROM graphile_worker._private_jobs AS job
      WHERE is_available AND job.priority = priorities.priority AND run_at <= now()
      ORDER BY run_at LIMIT ${COUNTED_MAX}
    ) AS first
  ) AS waiting`;

/** Asks for the jobs that are due and not begun, at most 10,000 of each priority, and the age of the oldest. */
export function queueBacklog(): () => Promise<Backlog> {
  return backlogIn(DUE_JOBS);
}
