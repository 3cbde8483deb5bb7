import { EventEmitter } from "node:events";
import {
  type JobHelpers,
  Logger,
  type Runner,
  run,
  type TaskList,
  type WorkerEvents,
  type WorkerPool,
} from "graphile-worker";
import { Pool } from "pg";
import { MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";
import { databaseUrl, isEmbeddedDatabase, pool } from "@/lib/platform/database/pool";
import { FairTurns } from "@/lib/platform/fair-turns";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";
import {
  forgetDeaths,
  freeAbandonedJobs,
  noteRunning,
  suspicionOf,
} from "@/lib/platform/queue/abandoned-jobs";
import type { TaskName, Tasks } from "@/lib/platform/queue/tasks";
import { inSpan } from "@/lib/platform/tracing/tracing";

/** Jobs one process runs at the same time. Most hand an email over, and wait for a mail server meanwhile. */
const CONCURRENCY = 64;
/** Jobs one process takes from the database at a time; all but those that run wait for their turn. */
const TAKEN_TOGETHER = 100;
/** Pause after a look for jobs that found few, in which more gather. */
const GATHERING = { durationMs: 100, threshold: 16 };
/** The time after which a process gives back jobs that it has not begun. */
const GIVE_BACK_MS = MINUTE_MS;
/** Connections for taking and completing jobs; both go many at a time. */
const CONNECTIONS = 4;
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
 * throws is tried again after growing pauses, and a job whose process died after some minutes. A job under which
 * the process died four times is handed to `setAside`, which says so where people see it, and is over then.
 */
export async function startQueue(tasks: Tasks, setAside: Tasks): Promise<RunningQueue> {
  // Nobody else can have the embedded database open, so every running job there belongs to a dead process.
  await freeAbandonedJobs(isEmbeddedDatabase() ? 0 : ABANDONED_MINUTES);
  const connections = enoughFor(isEmbeddedDatabase() ? poolWithoutListening(pool()) : queuePool());
  const taskList = sparingTheProcess(tasks, setAside);
  let runner = await startRunner(taskList, connections, restart);
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
      if (!stopped) runner = await startRunner(taskList, connections, restart);
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
      const isDone = await within(patienceMs, endRunner(runner));
      // A job that is still held when the process ends would look as if it had killed it.
      if (!isDone) await within(SECOND_MS, runner.letGo());
      if (!isEmbeddedDatabase()) await within(SECOND_MS, connections.end());
    },
  };
}

async function sweepAbandoned(): Promise<void> {
  try {
    await freeAbandonedJobs(ABANDONED_MINUTES);
    await forgetDeaths();
  } catch (error) {
    log.warn({ err: error }, "abandoned jobs could not be looked for and will be in a minute");
  }
}

/** The tasks as the library calls them, each with a way out for a job that has killed its process. */
function sparingTheProcess(tasks: Tasks, setAside: Tasks): TaskList {
  const names = Object.keys(tasks) as TaskName[];
  return Object.fromEntries(
    names.map((name) => [
      name,
      async (payload: never, { job }: JobHelpers) =>
        await inSpan(
          () => ({ name: `job ${name}`, kind: "internal" }),
          async () => {
            const suspicion = await suspicionOf(job);
            if (suspicion === "suspect") await runAlone(job, () => tasks[name](payload));
            else await (suspicion === "deadly" ? setAside : tasks)[name](payload);
          },
        ),
    ]),
  ) as TaskList;
}

/** Runs a suspect while no other suspect runs, so that a death of the process is known to be this one's. */
async function runAlone(job: JobHelpers["job"], work: () => Promise<void>): Promise<void> {
  await suspects().take("", 1, async () => {
    await noteRunning(job, true);
    try {
      await work();
    } finally {
      await noteRunning(job, false);
    }
  });
}

function suspects(): FairTurns {
  return processWide("suspect-jobs", () => new FairTurns(1));
}

/** The library's runner. `letGo` gives the jobs under way back to the queue. */
type JobRunner = Runner & { letGo: () => Promise<void> };

async function startRunner(
  taskList: TaskList,
  connections: Pool,
  onWorkerLost: () => void,
): Promise<JobRunner> {
  const events: WorkerEvents = new EventEmitter();
  const pools: WorkerPool[] = [];
  events.on("worker:fatalError", onWorkerLost);
  events.on("pool:fatalError", onWorkerLost);
  events.on("pool:create", ({ workerPool }) => pools.push(workerPool));
  events.on("localQueue:init", ({ localQueue }) => {
    // The library gives back jobs that it has not begun, and calls that a failure unless something else is under way
    // (graphile-worker 0.17.3).
    events.once("pool:gracefulShutdown", () => innerSide(localQueue).background(Promise.resolve()));
  });
  const runner = await run({
    pgPool: connections,
    taskList,
    concurrency: CONCURRENCY,
    pollInterval: isEmbeddedDatabase() ? EMBEDDED_POLL_MS : POLL_MS,
    noPreparedStatements: isEmbeddedDatabase(),
    noHandleSignals: true,
    parsedCronItems: [],
    preset: {
      worker: {
        localQueue: { size: TAKEN_TOGETHER, ttl: GIVE_BACK_MS, refetchDelay: GATHERING },
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      },
    },
    logger: new Logger(() => writeLog),
    events,
  });
  const letGo = async () => {
    for (const workers of pools) await workers.forcefulShutdown("The server stops.");
  };
  return { ...runner, letGo };
}

/** The part of the library's queue that its types leave out: waits for this work before it ends. */
function innerSide(localQueue: object): { background: (work: Promise<void>) => void } {
  return localQueue as { background: (work: Promise<void>) => void };
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
    max: CONNECTIONS + 1,
    connectionTimeoutMillis: 5_000,
    // A query without an answer fails, and its worker is replaced, instead of waiting for ever.
    query_timeout: 15_000,
    keepAlive: true,
    application_name: "postern-queue",
  });
  made.on("error", (error) => log.warn({ err: error }, "the queue lost an idle connection"));
  made.on("connect", (client) =>
    client.on("error", (error) => log.warn({ err: error }, "the queue lost a connection in use")),
  );
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
      const value: unknown = Reflect.get(target, property);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** The pool, of which the library thinks that it has a connection for every worker: it warns of fewer, which do here. */
function enoughFor(few: Pool): Pool {
  return new Proxy(few, {
    get: (target, property) => {
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

/** Waits for the work; false when it took longer. */
async function within(patienceMs: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, patienceMs, false);
  });
  const isDone = await Promise.race([work.then(() => true), patience]);
  clearTimeout(timer);
  return isDone;
}
