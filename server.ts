import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startActivity, stopActivity } from "@/lib/access/activity/recording/start";
import { endLiveStreams } from "@/lib/access/activity/watching/live-stream";
import { storedCalls } from "@/lib/access/activity/watching/stored-calls";
import { keyChanges } from "@/lib/access/api-keys/verification/key-cache";
import { finishSecretChange } from "@/lib/access/auth-secret-change";
import { flushUnknownSecrets } from "@/lib/access/findings/unknown-secrets/note-unknown-secret";
import { startOperations } from "@/lib/access/operations/start-operations";
import { upgradeData } from "@/lib/access/upgrade-data";
import { startKeepingLinkKeys } from "@/lib/mail/tracking/link-keys";
import { holdAuthSecret } from "@/lib/people/auth/hold-auth-secret";
import { now, SECOND_MS } from "@/lib/platform/clock";
import { startListening } from "@/lib/platform/database/listen";
import { migrate } from "@/lib/platform/database/migrate";
import type { DataDir } from "@/lib/platform/database/open-data-dir";
import { connectToEmbeddedDatabase, databaseUrl } from "@/lib/platform/database/pool";
import { closeDatabase } from "@/lib/platform/database/unit-of-work";
import { createEdge, type Listener } from "@/lib/platform/edge/create-edge";
import { drain } from "@/lib/platform/edge/drain";
import { inTurns } from "@/lib/platform/edge/page-turns";
import { pagesWithoutDatabase } from "@/lib/platform/edge/pages-without-database";
import { onceForStrangers } from "@/lib/platform/edge/public-pages";
import { readyLine } from "@/lib/platform/edge/ready-line";
import { staticFilesFirst } from "@/lib/platform/edge/static-files";
import { type Env, env } from "@/lib/platform/env";
import { consoleToLog, log } from "@/lib/platform/log";
import { hearByRedis } from "@/lib/platform/redis/hear";
import { connectRedis, type RedisLink } from "@/lib/platform/redis/redis-link";
import { giveBackWhenIdle, keepHeapSmall } from "@/lib/platform/thrifty-heap";
import { startTracing, stopTracing } from "@/lib/platform/tracing/start-tracing";

/** Where the build puts the files that browsers load. */
const STATIC_FILES = path.resolve(".next/static");

/** Time that running requests and jobs get after SIGTERM. Flushing and closing fit into the rest of 15 s. */
const DRAIN_MS = 10_000;

/** The work of a process of each kind. It loads nothing else. */
const PARTS = {
  all: { api: true, pages: true, jobs: true },
  web: { api: true, pages: true, jobs: false },
  api: { api: true, pages: false, jobs: false },
  worker: { api: false, pages: false, jobs: true },
};

export type ServeOptions = {
  /** The data directory that `openDataDir` opened; `stop` closes it. */
  dataDir: DataDir;
  /** Everything, or what is left to do beside other processes on the same database. */
  part: keyof typeof PARTS;
  /** Reloads on change. */
  development: boolean;
  /** Answers the API by Next's catch-all route: slower, but it reloads with the rest, and the bench compares. */
  apiThroughNext: boolean;
  /** Called once the database is ready and before anyone is let in. */
  prepare?: (() => Promise<void>) | undefined;
  /** Says in one line what is being done. */
  say: (line: string) => void;
};

/** The running process: where people reach it, the line that says so, and how it ends. */
export type Serving = {
  origin: string;
  readyLine: string;
  /** Says at `/readyz` that the process ends, and works on for the time that the settings give a proxy to notice. */
  announceStop: () => Promise<void>;
  stop: () => Promise<void>;
};

/**
 * Runs Postern in this process: migrations, and its part of the jobs, the API and the pages, on one port. Resolves when
 * requests are answered.
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  keepHeapSmall();
  const stopGivingBack = giveBackWhenIdle();
  const settings = env();
  await holdAuthSecret();
  const redis = await connectRedis();
  const part = PARTS[options.part];
  const api = part.api ? await loadApi() : notHere;
  // The database works in another thread or process, so the pages load meanwhile.
  const [stopWork, pages] = await Promise.all([
    startWork(options, settings),
    part.pages ? preparePages(options, settings) : noPages,
  ]);
  const operations = await startOperations(settings, options.say);
  const hearing = part.api ? await startHearing(options) : [];
  const server = createEdge(
    { operators: operations.paths, api, pages: pages.answer },
    {
      trustedProxies: settings.TRUSTED_PROXIES,
      development: options.development,
      apiThroughNext: options.apiThroughNext,
    },
  );
  const listening = await listen(server, settings);
  sayIfProxyIsUnnamed(settings, options.say);
  await sayWhereLimitsCount(redis, options);

  return {
    ...listening,
    announceStop: async () => {
      operations.drain();
      await sleep(settings.SHUTDOWN_DELAY_SECONDS * SECOND_MS);
    },
    stop: async () => {
      endLiveStreams();
      stopGivingBack();
      await Promise.all([drain(server, DRAIN_MS), stopWork()]);
      for (const { stop } of hearing) stop();
      await stopActivity();
      await flushUnknownSecrets();
      await pages.close();
      await stopTracing();
      await operations.close();
      redis?.close();
      await closeDatabase();
      await options.dataDir.close();
    },
  };
}

/** Brings the database to this code's schema and starts the background work. Returns the function that ends it. */
async function startWork(
  { part, dataDir, prepare, say }: ServeOptions,
  settings: Env,
): Promise<() => Promise<void>> {
  await openDatabase(dataDir, settings, say);
  await startTracing(settings, say);
  await upgradeData(
    async () => (await import("@/lib/api/routes/route-needs")).scopesByRoute(),
    now(),
  );
  await finishSecretChange(say);
  const stopKeeping = await startKeepingLinkKeys(now);
  await prepare?.();
  await startActivity();
  const stopJobs = PARTS[part].jobs ? await startJobs() : async () => {};
  return async () => {
    stopKeeping();
    await stopJobs();
  };
}

async function startJobs(): Promise<() => Promise<void>> {
  const { startBackgroundWork } = await import("@/lib/access/background");
  const work = await startBackgroundWork(now);
  return () => work.stop(DRAIN_MS);
}

async function openDatabase(
  { embedded }: DataDir,
  settings: Env,
  say: (line: string) => void,
): Promise<void> {
  if (embedded) connectToEmbeddedDatabase(embedded.url);
  say(embedded ? `Embedded Postgres on ${settings.DATA_DIR}` : "Postgres from DATABASE_URL");
  const applied = await migrate(databaseUrl(), embedded !== null);
  say(applied.length ? `Applied ${applied.length} migration(s)` : "Schema is up to date");
}

/**
 * Hears of other processes’ changes from the database, and of changed keys from Redis too. The embedded database has one
 * process.
 */
async function startHearing({ dataDir }: ServeOptions): Promise<{ stop: () => void }[]> {
  if (dataDir.embedded) return [];
  return await Promise.all([startListening([keyChanges, storedCalls]), hearByRedis([keyChanges])]);
}

async function loadApi(): Promise<Listener> {
  const [{ getRequestListener }, { api }, { answerOutsideExchange }] = await Promise.all([
    import("@hono/node-server"),
    import("@/lib/api/app"),
    import("@/lib/api/errors/from-exception"),
  ]);
  return getRequestListener(api.fetch, {
    overrideGlobalObjects: false,
    errorHandler: answerOutsideExchange,
  });
}

/** The listener for everything that is not the API. */
type Pages = { answer: Listener; close: () => Promise<void> };

/** Answers for what other processes serve. */
const notHere: Listener = (_, response) => {
  response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" });
  response.end("Another process of this Postern serves that.\n");
};

const noPages: Pages = { answer: notHere, close: async () => {} };

async function preparePages({ development }: ServeOptions, settings: Env): Promise<Pages> {
  // Next changes the whole process as it loads: its dates, timers and promises are slower from then on.
  const { default: next } = await import("next");
  // In development, people read Next's own words about their errors.
  if (!development) consoleToLog();
  const pages = next({
    dev: development,
    customServer: true,
    port: settings.PORT,
    // Next takes over every connection that asks its HTTP server for another protocol: past the edge, with no
    // answer and no end. So it gets a server that nobody connects to. In development its pages wait for such a
    // connection before they answer anybody, so there it gets the real one.
    ...(development ? {} : { httpServer: createServer() }),
  });
  await pages.prepare();
  const answer = pagesWithoutDatabase(inTurns(pages.getRequestHandler()));
  return {
    // In development a page may be another one with each change of its source.
    answer: development ? answer : staticFilesFirst(STATIC_FILES, onceForStrangers(answer)),
    close: async () => await pages.close(),
  };
}

/** Postern speaks http, so an `APP_URL` with https means that a proxy stands before it. */
function sayIfProxyIsUnnamed(settings: Env, say: (line: string) => void): void {
  if (!settings.APP_URL?.startsWith("https://") || settings.TRUSTED_PROXIES.length > 0) return;
  say("APP_URL is https, so a proxy stands before Postern: name its address in TRUSTED_PROXIES.");
  say("Until then every caller has the proxy's address, in Activity and for limits by IP address.");
}

async function sayWhereLimitsCount(
  redis: RedisLink | null,
  { dataDir, say }: ServeOptions,
): Promise<void> {
  if (redis) {
    const words = (await redis.answers()) ? "are shared by Redis" : "wait for Redis, which is away";
    return say(`Limits per minute ${words}`);
  }
  if (dataDir.embedded) return;
  say("Limits per minute count in each process by itself: set REDIS_URL where there are several");
}

async function listen(
  server: Server,
  settings: Env,
): Promise<Pick<Serving, "origin" | "readyLine">> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(
      { port: settings.PORT, ...(settings.HOST ? { host: settings.HOST } : {}) },
      resolve,
    );
  });
  const address = server.address() as AddressInfo;
  const { port } = address;
  // Links in emails lead here, also when the system chose the port.
  settings.PORT = port;
  process.env.PORT = `${port}`;
  // Next calls itself here when an action is called from a page that does not contain it.
  const host = settings.HOST?.includes(":") ? `[${settings.HOST}]` : (settings.HOST ?? "localhost");
  process.env.__NEXT_PRIVATE_ORIGIN = `http://${host}:${port}`;
  server.on("error", (error) => log.error({ err: error }, "the server failed"));
  const origin = settings.APP_URL ?? `http://localhost:${port}`;
  return { origin, readyLine: readyLine(origin, address) };
}
