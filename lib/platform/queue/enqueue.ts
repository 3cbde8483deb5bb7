import { thinQuery } from "@/lib/platform/database/thin-query";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import type { TaskName, TaskPayloads } from "@/lib/platform/queue/tasks";
import { Prisma } from "@/prisma/generated/client";

export type JobOptions = {
  /** The earliest time to run; at once when left out. */
  runAt?: Date;
  /** At most one job of a key waits: a new one takes its place. A running one goes on beside it. */
  jobKey?: string;
  /** Lower runs sooner when more is due than can be done; 0 when left out. */
  priority?: number;
};

/** The priority of bulk mail, so that a receipt does not wait behind a campaign. */
export const CAN_WAIT = 10;
/** The priority of the work that makes bulk mail: ahead of what it has made already, behind a receipt. */
export const MAKES_BULK = 5;

/** A job of any kind. */
export type NewJob = {
  [Name in TaskName]: { task: Name; payload: TaskPayloads[Name] } & JobOptions;
}[TaskName];

/**
 * Adds a job in the transaction that writes its rows: after the commit both are there, or neither is.
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
  if (jobs.length > 0) await thinQuery(tx, addingJobs(jobs));
}

/** SQL that adds jobs, for a statement that writes their rows too; those that `only` leaves. It gives one row. */
export function addingJobs(jobs: readonly NewJob[], only = Prisma.empty): Prisma.Sql {
  const given = jobs.map(({ task, payload, runAt, jobKey, priority }) => ({
    task,
    payload,
    priority,
    key: jobKey ?? null,
    at: runAt?.toISOString() ?? null,
  }));
  return Prisma.sql`
    SELECT count(*)::int FROM graphile_worker.add_jobs(ARRAY(
      SELECT ROW(task, payload, NULL, at, NULL, key, priority, NULL)::graphile_worker.job_spec
      FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        AS given (task text, payload json, at timestamptz, key text, priority smallint)
      ${only}))`;
}

/** Takes a waiting job out of the queue. A running one is not stopped. */
export async function removeJob(tx: Transaction, jobKey: string): Promise<void> {
  await removeJobs(tx, [jobKey]);
}

/** `removeJob` for any number of jobs, in one statement. */
export async function removeJobs(tx: Transaction, jobKeys: readonly string[]): Promise<void> {
  if (jobKeys.length === 0) return;
  await tx.$queryRaw`
    SELECT count(*)::int FROM unnest(${[...jobKeys]}::text[]) AS given (key)
    CROSS JOIN LATERAL graphile_worker.remove_job(key) AS removed`;
}

/**
 * Lets waiting jobs run at `at` instead of at their own time. `jobKeys` is a query for their keys, since there can
 * be any number; keys without a waiting job are passed over.
 */
export async function rescheduleJobs(
  tx: Transaction,
  jobKeys: Prisma.Sql,
  at: Date,
): Promise<void> {
  await tx.$queryRaw`
    SELECT count(*)::int FROM graphile_worker.reschedule_jobs(
      ARRAY(SELECT id FROM graphile_worker.jobs WHERE key IN (${jobKeys})),
      run_at := ${at})`;
}
