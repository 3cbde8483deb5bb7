import type { RequestRecord } from "@/lib/access/activity/recording/record";
import { MINUTE_MS, now, SECOND_MS, startOf } from "@/lib/platform/clock";
import { timeOfUuid } from "@/lib/platform/ids";

/** The calls that are kept out of one key for one reason, of which each is stored, in a minute. The rest are counted. */
export const STORED_A_MINUTE = 60;
/** How long counted calls gather before one row stands for them: a killed process loses at most these. */
const GATHER_MS = 10 * SECOND_MS;

/** The calls of one key and outcome in one minute. `latest` stands for the `counted` ones that have no row yet. */
type Tally = { minute: number; stored: number; latest: RequestRecord | null; counted: number };

/**
 * Stops who holds a key that does not let them in from filling the activity table: a revoked key in a loop made
 * 3,000 rows a second. Calls that a limit lets through are all stored.
 */
export class KeptOutCalls {
  readonly #store: (records: readonly RequestRecord[]) => void;
  readonly #tallies = new Map<string, Tally>();
  #timer: NodeJS.Timeout | null = null;

  /** @param store takes the rows that stand for counted calls. */
  constructor(store: (records: readonly RequestRecord[]) => void) {
    this.#store = store;
  }

  /** Whether a call is to be stored. One that is not has been counted. */
  isToStore(record: RequestRecord): boolean {
    if (!isKeptOut(record)) return true;
    const tally = this.#tallyOf(record);
    if (tally.stored < STORED_A_MINUTE) {
      tally.stored += 1;
      return true;
    }
    tally.latest = record;
    tally.counted += 1;
    return false;
  }

  /** Stores a row for the counted calls of each key and outcome: the latest, which says how many more there were. */
  flush(at: Date): void {
    const minute = startOf(at, MINUTE_MS).getTime();
    const rows: RequestRecord[] = [];
    for (const [name, tally] of this.#tallies) {
      const row = takeRow(tally);
      if (row) rows.push(row);
      if (tally.minute < minute) this.#tallies.delete(name);
    }
    if (rows.length > 0) this.#store(rows);
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#tallies.size > 0) this.#flushLater();
  }

  #flushLater(): void {
    this.#timer ??= setTimeout(() => this.flush(now()), GATHER_MS).unref();
  }

  #tallyOf(record: RequestRecord): Tally {
    const name = `${record.keyId} ${record.code}`;
    const minute = startOf(timeOfUuid(record.id), MINUTE_MS).getTime();
    const known = this.#tallies.get(name);
    if (known?.minute === minute) return known;
    const row = known && takeRow(known);
    if (row) this.#store([row]);
    const fresh = { minute, stored: 0, latest: null, counted: 0 };
    this.#tallies.set(name, fresh);
    this.#flushLater();
    return fresh;
  }
}

/** A failure on our side is no reason to count instead of storing: it does not last, and people look into it. */
function isKeptOut({ authenticated, status, code }: RequestRecord): boolean {
  return status < 500 && (!authenticated || code === "rate_limit_exceeded");
}

function takeRow(tally: Tally): RequestRecord | null {
  const { latest, counted } = tally;
  tally.latest = null;
  tally.counted = 0;
  return latest && { ...latest, repeats: counted - 1 };
}
