import type { Transaction } from "@/lib/platform/database/db";
import type { TaskName, TaskPayloads } from "@/lib/platform/queue/tasks";

export type JobOptions = {
  /** Not before then; at once when left out. */
  runAt?: Date;
  /** At most one job of a key waits: another one takes its place. One that runs already stays beside it. */
  jobKey?: string;
  /** The lower, the sooner, when more is due than can be done; 0 when left out. */
  priority?: number;
};

/** The priority of what comes in masses, so that a receipt does not stand behind a campaign. */
export const CAN_WAIT = 10;

/** A job to be done, of any kind. */
export type NewJob = {
  [Name in TaskName]: { task: Name; payload: TaskPayloads[Name] } & JobOptions;
}[TaskName];

/**
 * Adds a job in the transaction that writes what it is about: both are there after the commit, or neither.
 */
export async function enqueueJob<Name extends TaskName>(
  tx: Transaction,
  task: Name,
  payload: TaskPayloads[Name],
  options: JobOptions = {},
): Promise<void> {
  await enqueueJobs(tx, [{ task, payload, ...options } as NewJob]);
}

/** `enqueueJob` for any number of jobs, in one statement. Two of them must not share a key. */
export async function enqueueJobs(tx: Transaction, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length === 0) return;
  const given = JSON.stringify(
    jobs.map(({ task, payload, runAt, jobKey, priority }) => ({
      task,
      payload,
      priority,
      key: jobKey ?? null,
      at: runAt?.toISOString() ?? null,
    })),
  );
  await tx.$queryRaw`
    SELECT count(*)::int FROM graphile_worker.add_jobs(ARRAY(
      SELECT ROW(task, payload, NULL, at, NULL, key, priority, NULL)::graphile_worker.job_spec
      FROM jsonb_to_recordset(${given}::jsonb)
        AS given (task text, payload json, at timestamptz, key text, priority smallint)))`;
}

/** Takes a job that waits out of the queue. One that runs already is not stopped. */
export async function removeJob(tx: Transaction, jobKey: string): Promise<void> {
  await tx.$queryRaw`SELECT count(*)::int FROM graphile_worker.remove_job(${jobKey})`;
}
