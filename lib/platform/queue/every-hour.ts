import { randomUUID } from "node:crypto";
import { HOUR_MS, later, MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";
import { isEmbeddedDatabase } from "@/lib/platform/database/pool";
import { db } from "@/lib/platform/database/unit-of-work";
import { log } from "@/lib/platform/log";

/** The time between two looks whether the work is due, and between two signs of life of the process that does it. */
const LOOK_MS = MINUTE_MS;
/** The time after its last sign of life for which a process holds the work. */
const HELD_MS = 3 * MINUTE_MS;
/** The time by which an hour may be short, since looks are not exact and clocks differ a little. */
const EARLY_MS = LOOK_MS + SECOND_MS;

/** Work that goes on, hour by hour. */
export type RunningHours = {
  /** Begins nothing more, and leaves what is under way to other processes. */
  stop: () => Promise<void>;
};

/**
 * Does `work` every hour, in one of all processes that ask for it. Where that process dies in the middle, another begins
 * anew within minutes. `work` gets the time, and a signal that tells it to stop; what it throws is logged.
 */
export function everyHour(
  work: (at: Date, stopped: AbortSignal) => Promise<void>,
  now: () => Date,
): RunningHours {
  const holder = randomUUID();
  const stopping = new AbortController();
  let isWorking = false;

  async function look(): Promise<void> {
    try {
      if (isWorking) await keepHour(holder, now());
      else if (await takeHour(holder, now())) await workNow();
    } catch (error) {
      log.warn({ err: error }, "the hourly work could not be looked at and will be in a minute");
    }
  }

  async function workNow(): Promise<void> {
    isWorking = true;
    try {
      await work(now(), stopping.signal);
      if (!stopping.signal.aborted) await endHour(holder);
    } finally {
      isWorking = false;
    }
  }

  // Nobody else can have the embedded database open, so whoever held the work there has ended.
  const ready = isEmbeddedDatabase() ? db().hourlyWork.deleteMany() : Promise.resolve();
  void Promise.resolve(ready)
    .catch(() => {})
    .then(look);
  const timer = setInterval(() => void look(), LOOK_MS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      if (isWorking) await leaveHour(holder, now());
    },
  };
}

/** Takes the work that is due at `now` for `holder`. False where none is due, or another process holds it. */
export async function takeHour(holder: string, now: Date): Promise<boolean> {
  const heldUntil = later(now, HELD_MS);
  const taken = await db().$executeRaw`
    INSERT INTO hourly_work (id, begun_at, holder, held_until) VALUES (1, ${now}, ${holder}, ${heldUntil})
    ON CONFLICT (id) DO UPDATE SET begun_at = excluded.begun_at, holder = excluded.holder,
      held_until = excluded.held_until
    WHERE hourly_work.held_until <= ${now}
      OR (hourly_work.held_until IS NULL AND hourly_work.begun_at <= ${later(now, EARLY_MS - HOUR_MS)})`;
  return taken === 1;
}

/** A sign of life of the process that does the work. */
export async function keepHour(holder: string, now: Date): Promise<void> {
  await holdUntil(holder, later(now, HELD_MS));
}

/** Notes that the work is done until the next hour. */
export async function endHour(holder: string): Promise<void> {
  await holdUntil(holder, null);
}

/** Leaves the work to whoever looks next. */
async function leaveHour(holder: string, now: Date): Promise<void> {
  await holdUntil(holder, now).catch((error: unknown) => {
    log.warn({ err: error }, "the hourly work goes on elsewhere in some minutes");
  });
}

async function holdUntil(holder: string, heldUntil: Date | null): Promise<void> {
  await db().hourlyWork.updateMany({ where: { holder }, data: { heldUntil } });
}
