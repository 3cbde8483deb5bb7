import { DatabaseError } from "pg";
import type { Spool, SpoolBatch } from "@/lib/access/activity/recording/spool";
import { asLine } from "@/lib/access/activity/recording/spool-line";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { SECOND_MS } from "@/lib/platform/clock";
import { log } from "@/lib/platform/log";

const BATCH_ROWS = 500;
/** How long calls gather for a batch. With the time to store it, a call is in the database within 100 ms. */
const GATHER_MS = 60;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 10 * SECOND_MS;
/** SQLSTATE classes of rows that can never be stored: bad value, broken constraint, too large. */
const REFUSALS = ["22", "23", "54"];

type StoreBatch = typeof storeBatch;

/**
 * Moves the spool's entries to the database in batches. While the database is away it tries again, more and
 * more slowly, at last every ten seconds. A row that the database refuses for good is set aside.
 */
export class Mover {
  readonly #spool: Spool;
  readonly #store: StoreBatch;
  #waiting: NodeJS.Timeout | null = null;
  #moving: Promise<void> | null = null;
  #pending = 0;
  #failures = 0;
  #stopped = false;

  constructor(spool: Spool, store: StoreBatch = storeBatch) {
    this.#spool = spool;
    this.#store = store;
    spool.onAppend = () => this.#noticeAppend();
  }

  /** Starts moving, also again after `stop`. Entries that wait in the spool come first. */
  start(): void {
    this.#stopped = false;
    this.#wake(0);
  }

  /** Moves everything in the spool now. False when the database did not take all of it. */
  async flush(): Promise<boolean> {
    await this.#moving;
    do await this.#run();
    while (this.#failures === 0 && this.#pending > 0);
    return this.#failures === 0;
  }

  /** Moves what it can at once, then nothing until `start`. Recording into the files goes on. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.flush();
    this.#cancelWake();
  }

  #noticeAppend(): void {
    this.#pending += 1;
    if (this.#failures > 0 || this.#moving !== null) return;
    if (this.#pending < BATCH_ROWS) this.#wake(GATHER_MS);
    else if (this.#pending === BATCH_ROWS) this.#hurry();
  }

  #hurry(): void {
    this.#cancelWake();
    this.#wake(0);
  }

  #wake(afterMs: number): void {
    if (this.#stopped || this.#waiting) return;
    this.#waiting = setTimeout(() => void this.#run(), afterMs);
    this.#waiting.unref();
  }

  #cancelWake(): void {
    if (this.#waiting) clearTimeout(this.#waiting);
    this.#waiting = null;
  }

  async #run(): Promise<void> {
    this.#cancelWake();
    this.#moving ??= this.#moveAll();
    await this.#moving;
    this.#moving = null;
    if (this.#failures > 0) this.#wake(retryDelay(this.#failures));
    else if (this.#pending > 0) this.#wake(GATHER_MS);
  }

  /** Goes on while a batch left entries behind. Entries that came in meanwhile may gather first. */
  async #moveAll(): Promise<void> {
    try {
      let more = true;
      while (more) {
        this.#pending = 0;
        const batch = this.#spool.next(BATCH_ROWS);
        if (batch) await this.#moveBatch(batch);
        if (this.#failures > 0) this.#noteRecovery();
        more = batch?.piece.more === true;
      }
    } catch (error) {
      this.#noteFailure(error);
    }
  }

  async #moveBatch(batch: SpoolBatch): Promise<void> {
    const records = batch.entries.flatMap((entry) =>
      entry.kind === "request" ? [entry.record] : [],
    );
    const counts = batch.entries.flatMap((entry) => (entry.kind === "count" ? [entry.count] : []));
    try {
      await this.#store(records, counts);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await this.#moveHalves(records, error);
      await this.#store([], counts);
    }
    this.#spool.advance(batch);
  }

  /** Halves a refused batch until the rows that cannot be stored stand alone, and stores the others. */
  async #moveHalves(records: Parameters<StoreBatch>[0], refusal: DatabaseError): Promise<void> {
    const [only] = records;
    if (!only) return;
    if (records.length === 1) {
      this.#spool.setAside([asLine({ kind: "request", record: only }).trimEnd()], refusal.message);
      return;
    }
    const middle = records.length >> 1;
    for (const half of [records.slice(0, middle), records.slice(middle)]) {
      try {
        await this.#store(half, []);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        await this.#moveHalves(half, error);
      }
    }
  }

  #noteFailure(error: unknown): void {
    this.#failures += 1;
    if (this.#failures > 1) return;
    log.warn({ err: error }, "activity stays in the spool until the database takes it");
  }

  #noteRecovery(): void {
    log.info({ attempts: this.#failures }, "the database takes activity again");
    this.#failures = 0;
  }
}

function retryDelay(failures: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LAST_RETRY_MS);
}

function isRefusal(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && REFUSALS.includes((error.code ?? "").slice(0, 2));
}
