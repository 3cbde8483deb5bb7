import { EventEmitter } from "node:events";
import { Logger, type Runner, run, type TaskList, type WorkerEvents } from "graphile-worker";
import { Pool } from "pg";
import { MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";
import { databaseUrl, isEmbeddedDatabase, pool } from "@/lib/platform/database/pool";
import { db } from "@/lib/platform/database/unit-of-work";
import { log } from "@/lib/platform/log";
import type { Tasks } from "@/lib/platform/queue/tasks";

/** Jobs one process runs at the same time. */
const CONCURRENCY = 4;
/** Pause between two looks for jobs. Postgres announces jobs as well; the embedded database does not. */
const POLL_MS = 2 * SECOND_MS;
const EMBEDDED_POLL_MS = SECOND_MS;
/** Pause after a database failure in the middle of a job. */
const RESTART_MS = 5 * SECOND_MS;
/** Time a replaced runner gets to let go of its jobs. */
const STOP_MS = 10 * SECOND_MS;
/** A job that runs longer than this belongs to a dead process: a task ends within a minute. */
const ABANDONED_MINUTES = 5;

/** The queue at work in this process. */
export type RunningQueue = {
  /** Takes no new job and waits at most `patienceMs` for those under way. */
  stop: (patienceMs: number) => Promise<void>;
};

/**
 * Starts to run queued jobs in this process. Any number of processes may; one of them runs each job. A job that
 * throws is tried again after growing pauses, and a job whose process died after some minutes.
 */
export async function startQueue(tasks: Tasks): Promise<RunningQueue> {
  // Nobody else can have the embedded database open, so every running job there belongs to a dead process.
  await freeAbandonedJobs(isEmbeddedDatabase() ? 0 : ABANDONED_MINUTES);
  const connections = isEmbeddedDatabase() ? poolWithoutListening(pool()) : queuePool();
  let runner = await startRunner(tasks, connections, restart);
  let stopped = false;
  let restarting: NodeJS.Timeout | undefined;
  const sweep = setInterval(() => void sweepAbandoned(), MINUTE_MS);
  sweep.unref();

  /** Replaces the runner: a worker that could not report the end of its job never comes back. */
  function restart(): void {
    if (stopped || restarting) return;
    restarting = setTimeout(() => {
      restarting = undefined;
      void replace();
    }, RESTART_MS);
  }

  async function replace(): Promise<void> {
    try {
      // A runner that hangs on a lost connection must not hold up the next one.
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

/** Gives jobs that have been running for `minutes` back to the queue. */
export async function freeAbandonedJobs(minutes: number): Promise<void> {
  await db().$queryRaw`
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
    // The runner had stopped by itself.
  });
}

/** Connections of the queue. Listening for jobs takes one of them for good. */
function queuePool(): Pool {
  const made = new Pool({
    connectionString: databaseUrl(),
    max: CONCURRENCY + 1,
    connectionTimeoutMillis: 5_000,
    // A query without an answer fails, and its worker is replaced, instead of waiting for ever.
    query_timeout: 15_000,
    keepAlive: true,
    application_name: "postern-queue",
  });
  made.on("error", (error) => log.warn({ err: error }, "the queue lost an idle connection"));
  return made;
}

/**
 * Lends out the embedded database's one connection, a query at a time. A second connection is no way out, since
 * the embedded database mixes the messages of two. The library never gets the connection it would listen on
 * for good.
 */
function poolWithoutListening(one: Pool): Pool {
  return new Proxy(one, {
    get: (target, property) => {
      if (property === "connect") {
        return (callback?: unknown) => (callback ? undefined : target.connect());
      }
      // One connection is enough for any number of workers, whatever the library's warning says.
      if (property === "options") return { ...target.options, max: CONCURRENCY };
      const value: unknown = Reflect.get(target, property);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** Logs the library's failures, and drops its line for every finished job. */
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
