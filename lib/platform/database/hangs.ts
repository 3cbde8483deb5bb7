import { Client } from "pg";
import { DatabaseAwayError } from "@/lib/platform/database/away";
import {
  databaseUrl,
  isEmbeddedDatabase,
  isExecuting,
  lastAnswerMs,
  pool,
} from "@/lib/platform/database/pool";
import { processWide } from "@/lib/platform/process-wide";

/** How long work may take before the database is asked whether it is there. */
const SUSPECT_MS = 250;
/** Pause between two looks for such work. */
const LOOK_EVERY_MS = 50;
/** How long the database then has to finish any statement. */
const PATIENCE_MS = 2_000;
/** How long a new connection may take where one of the pool's has a long statement. All together is below 3 s. */
const SECOND_OPINION_MS = 400;

/** Thrown when the database finished no statement while work waited for it. */
class DatabaseHangsError extends DatabaseAwayError {}

/** Work under way, and how its caller is told that the database hangs. */
type Watched = { sinceMs: number; giveUp: (error: DatabaseHangsError) => void };

/**
 * Answers as `work` does. Rejects with a `DatabaseAwayError` within 3 s where the work goes on and the database
 * finishes nothing: it hangs, or all connections are taken. Work that is merely slow goes on. What was given up is
 * not undone: it ends by its own time limits, and may yet take effect.
 */
export function unlessDatabaseHangs<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const one: Watched = { sinceMs: performance.now(), giveUp: reject };
    const { underWay } = watch();
    underWay.add(one);
    lookSoon();
    // Nobody hears of what came of work that was given up.
    work.then(
      (value) => {
        underWay.delete(one);
        resolve(value);
      },
      (error: unknown) => {
        underWay.delete(one);
        reject(error);
      },
    );
  });
}

/** All work under way, and the timer of the next look at it: one for all, since every call needs one. */
function watch() {
  return processWide("database-watch", () => ({
    underWay: new Set<Watched>(),
    timer: null as NodeJS.Timeout | null,
  }));
}

function lookSoon(): void {
  watch().timer ??= setTimeout(() => void look(), LOOK_EVERY_MS);
}

/** Gives up all work that is slow once the database turns out to hang. Looks again while any is under way. */
async function look(): Promise<void> {
  if (slowWork().length > 0 && (await isSilent())) {
    for (const { giveUp } of slowWork()) {
      giveUp(new DatabaseHangsError("The database finishes no statement."));
    }
  }
  watch().timer = null;
  if (watch().underWay.size > 0) lookSoon();
}

function slowWork(): Watched[] {
  const suspectMs = performance.now() - SUSPECT_MS;
  return [...watch().underWay].filter(({ sinceMs }) => sinceMs <= suspectMs);
}

/** Whether the database finishes nothing for `PATIENCE_MS` from now on. All who ask at once share one question. */
function isSilent(): Promise<boolean> {
  const shared = processWide("database-question", () => ({
    asked: null as Promise<boolean> | null,
  }));
  shared.asked ??= ask().finally(() => {
    shared.asked = null;
  });
  return shared.asked;
}

async function ask(): Promise<boolean> {
  const beganMs = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const verdict = new Promise<boolean>((resolve) => {
    // An answer that came while this process was busy is read before the verdict.
    timer = setTimeout(() => setImmediate(() => resolve(looksDead(beganMs))), PATIENCE_MS);
  });
  const silent = await Promise.race([answered(), verdict]);
  clearTimeout(timer);
  return silent;
}

/** Whether nothing ended since `beganMs`, and what is under way is no long statement of a database that lives. */
async function looksDead(beganMs: number): Promise<boolean> {
  if (lastAnswerMs() >= beganMs) return false;
  if (!isExecuting()) return true;
  // It works in this very process, so a statement that takes long is all there is to see of it.
  return isEmbeddedDatabase() ? false : !(await letsIn());
}

/** Whether the server takes a new connection and answers on it. */
async function letsIn(): Promise<boolean> {
  const client = new Client({
    connectionString: databaseUrl(),
    connectionTimeoutMillis: SECOND_OPINION_MS,
    query_timeout: SECOND_OPINION_MS,
  });
  client.on("error", () => {
    // The answer below says it.
  });
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    client.end().catch(() => {});
  }
}

/**
 * Resolves to false, that is “not silent”, once the database answers. A refusal is an answer too: the work meets it
 * as well, and fails by itself.
 */
async function answered(): Promise<false> {
  const question = { text: "SELECT 1", query_timeout: 2 * PATIENCE_MS };
  try {
    await pool().query(question);
  } catch {
    // The work that is watched reports it.
  }
  return false;
}
