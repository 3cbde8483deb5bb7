import { EventEmitter } from "node:events";
import { Logger, type Runner, run, type TaskList, type WorkerEvents } from "graphile-worker";
import { Pool } from "pg";
import { MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";
import { databaseUrl, db, isEmbeddedDatabase, pool } from "@/lib/platform/database/db";
import { log } from "@/lib/platform/log";
import type { Tasks } from "@/lib/platform/queue/tasks";

/** So many jobs run at once in a process. */
const CONCURRENCY = 4;
/** Jobs are announced by Postgres, and looked for now and then; on the embedded one only looked for. */
const POLL_MS = 2 * SECOND_MS;
const EMBEDDED_POLL_MS = SECOND_MS;
/** After a database failure in the middle of a job. */
const RESTART_MS = 5 * SECOND_MS;
/** A runner that was replaced gets so long to let go of its jobs. */
const STOP_MS = 10 * SECOND_MS;
/** A job that has been running for so long belongs to a process that is gone: a task ends within a minute. */
const ABANDONED_MINUTES = 5;

/** The queue at work in this process. */
export type RunningQueue = {
  /** Takes no new job and waits at most `patienceMs` for those under way. */
  stop: (patienceMs: number) => Promise<void>;
};

/**
 * Starts to do the jobs of the queue in this process; any number of processes may, each job is done by one.
 * A job that throws is tried again, later and later; one whose process died, after some minutes.
 */
export async function startQueue(tasks: Tasks): Promise<RunningQueue> {
  // Nobody else can have the embedded database open, so whatever is under way there belongs to the dead.
  await freeAbandonedJobs(isEmbeddedDatabase() ? 0 : ABANDONED_MINUTES);
  const connections = isEmbeddedDatabase() ? poolWithoutListening(pool()) : queuePool();
  let runner = await startRunner(tasks, connections, restart);
  let stopped = false;
  let restarting: NodeJS.Timeout | undefined;
  const sweep = setInterval(() => void sweepAbandoned(), MINUTE_MS);
  sweep.unref();

  /** A worker that could not report its job's end is gone for good; a new runner has all of them. */
  function restart(): void {
    if (stopped || restarting) return;
    restarting = setTimeout(() => {
      restarting = undefined;
      void replace();
    }, RESTART_MS);
  }

  async function replace(): Promise<void> {
    try {
      // One that hangs on a lost connection must not keep the next from its work.
      await within(STOP_MS, endRunner(runner));
      if (!stopped) runner = await startRunner(tasks, connections, restart);
    } catch (error) {
      log.warn({ err: error }, "the queue could not be started again and will be tried once more");
      restart();
    }
  }

  return {
    stop: async (patienceMs) => {
      stopped = true;
      clearInterval(sweep);
      clearTimeout(restarting);
      await within(patienceMs, endRunner(runner));
      if (!isEmbeddedDatabase()) await within(SECOND_MS, connections.end());
    },
  };
}

/** Gives jobs that have been under way for `minutes` back to the queue. */
export async function freeAbandonedJobs(minutes: number): Promise<void> {
  await db.$queryRaw`
    SELECT count(graphile_worker.force_unlock_workers(workers))::int
    FROM (SELECT array_agg(DISTINCT locked_by) AS workers FROM graphile_worker.jobs
          WHERE locked_at <= now() - make_interval(mins => ${minutes}::int)) AS gone
    WHERE workers IS NOT NULL`;
}

async function sweepAbandoned(): Promise<void> {
  try {
    await freeAbandonedJobs(ABANDONED_MINUTES);
  } catch (error) {
    log.warn({ err: error }, "abandoned jobs could not be looked for and will be in a minute");
  }
}

async function startRunner(
  tasks: Tasks,
  connections: Pool,
  onWorkerLost: () => void,
): Promise<Runner> {
  const events: WorkerEvents = new EventEmitter();
  events.on("worker:fatalError", onWorkerLost);
  return await run({
    pgPool: connections,
    taskList: tasks as unknown as TaskList,
    concurrency: CONCURRENCY,
    pollInterval: isEmbeddedDatabase() ? EMBEDDED_POLL_MS : POLL_MS,
    noPreparedStatements: isEmbeddedDatabase(),
    noHandleSignals: true,
    parsedCronItems: [],
    logger: new Logger(() => writeLog),
    events,
  });
}

async function endRunner(runner: Runner): Promise<void> {
  await runner.stop().catch(() => {
    // It has stopped by itself.
  });
}

/** Listening for jobs takes one of these for good. */
function queuePool(): Pool {
  const made = new Pool({
    connectionString: databaseUrl(),
    max: CONCURRENCY + 1,
    connectionTimeoutMillis: 5_000,
    // A query that is never answered fails, and its worker is replaced, instead of waiting for good.
    query_timeout: 15_000,
    keepAlive: true,
    application_name: "postern-queue",
  });
  made.on("error", (error) => log.warn({ err: error }, "the queue lost an idle connection"));
  return made;
}

/**
 * The embedded database's one connection, lent out for a query at a time. A second connection is no way
 * out, since the messages of two are mixed there; and the one that the library would listen on for good is
 * never given to it.
 */
function poolWithoutListening(one: Pool): Pool {
  return new Proxy(one, {
    get: (target, property) => {
      if (property === "connect") {
        return (callback?: unknown) => (callback ? undefined : target.connect());
      }
      // It is enough for any number of workers, which only the library's own warning doubts.
      if (property === "options") return { ...target.options, max: CONCURRENCY };
      const value: unknown = Reflect.get(target, property);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** What the library says of every job done is of no interest; of failures it is. */
function writeLog(level: string, message: string): void {
  if (level === "error") log.error(`queue: ${message}`);
  else if (level === "warning") log.warn(`queue: ${message}`);
  else log.debug(`queue: ${message}`);
}

async function within(patienceMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  await Promise.race([work, patience]);
  clearTimeout(timer);
}
