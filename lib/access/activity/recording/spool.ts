import fs from "node:fs";
import path from "node:path";
import { RecentEntries } from "@/lib/access/activity/recording/recent-entries";
import type { RequestRecord } from "@/lib/access/activity/recording/record";
import {
  asLine,
  parseLine,
  type SpoolEntry,
  storableRequest,
  type UnrecognisedCount,
} from "@/lib/access/activity/recording/spool-line";
import { type SpoolPiece, SpoolReader } from "@/lib/access/activity/recording/spool-reader";
import {
  SpoolFullError,
  SpoolSegment,
  type SpoolSync,
} from "@/lib/access/activity/recording/spool-segment";
import { HOUR_MS, startOf } from "@/lib/platform/clock";
import { timeOfUuid } from "@/lib/platform/ids";
import { log } from "@/lib/platform/log";

/** A segment is closed at this size, so that the files of a long outage can be deleted one by one. */
const SEGMENT_BYTES = 16 * 1024 * 1024;
/** A fully moved segment is closed from this size on, so that no file grows for a whole busy day. */
const WORTH_DELETING_BYTES = 1024 * 1024;
/** Lines kept in memory while the disk is full. Beyond this the oldest are dropped, and the log says so. */
const MAX_UNWRITTEN = 10_000;

/** The part that is not in the database yet: entries, bytes, and the time of the oldest call; null without one. */
export type SpoolBacklog = { entries: number; bytes: number; oldestAt: Date | null };

/** The next entries to move, and where in the spool they stand. */
export type SpoolBatch = { entries: SpoolEntry[]; unreadable: string[]; piece: SpoolPiece };

/**
 * Recorded calls on their way to the database: files of one JSON object a line, appended before the
 * response leaves. A write has reached the operating system when it returns, so a killed process loses
 * nothing; by `sync` it reaches the disk too. Entries are read back from the files but for the latest, so memory stays bounded however long the database
 * is away.
 * One process at a time may use a directory; the lock of the data directory ensures it.
 */
export class Spool {
  readonly #directory: string;
  readonly #reader: SpoolReader;
  readonly #recent = new RecentEntries();
  readonly #counts = new Map<string, UnrecognisedCount>();
  readonly #sync: SpoolSync;
  #active: SpoolSegment | null = null;
  #unwritten: string[] = [];
  #lost = 0;
  /** Called after every append. The mover sets it. */
  onAppend: () => void = () => undefined;

  /** Opens the spool in `directory`. Entries that an earlier process left there come first. */
  constructor(directory: string, sync: SpoolSync = "off") {
    this.#sync = sync;
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.#directory = directory;
    this.#reader = new SpoolReader(directory);
  }

  /**
   * Writes calls at the cost of one write. When this returns the operating system has them. Throws `SpoolFullError` where
   * the disk takes nothing: then none of them is written.
   */
  append(records: readonly RequestRecord[]): void {
    if (!this.isWritable()) throw new SpoolFullError("Earlier lines wait for the disk.");
    this.#write(entriesOf(records));
    this.onAppend();
  }

  /**
   * Writes calls, at once or when the disk takes them again. Until then they wait in memory, where there is a bound,
   * and are lost with the process.
   */
  appendInTime(records: readonly RequestRecord[]): void {
    try {
      this.append(records);
    } catch (error) {
      for (const entry of entriesOf(records)) this.#keepUnwritten(asLine(entry), error);
    }
  }

  /**
   * Resolves once the calls appended so far outlast a power cut; null where nobody is to wait for that. Rejects when the
   * disk failed.
   */
  onDisk(): Promise<void> | null {
    return this.#active?.onDisk() ?? null;
  }

  /** True while the disk takes lines, as far as is known. Tries again where it did not. */
  isWritable(): boolean {
    if (this.#unwritten.length > 0) this.#retryUnwritten();
    return this.#unwritten.length === 0;
  }

  /** Counts a call without a recognised key. `next` writes the gathered counts. */
  count(code: string, at: Date): void {
    const hour = startOf(at, HOUR_MS);
    const name = `${hour.getTime()} ${code}`;
    const gathered = this.#counts.get(name);
    if (gathered) gathered.calls += 1;
    else this.#counts.set(name, { code, hour, calls: 1 });
    this.onAppend();
  }

  /** The oldest entries not yet moved, at most `maxEntries`; null when there are none. */
  next(maxEntries: number): SpoolBatch | null {
    this.#writeCounts();
    const piece = this.#reader.next(maxEntries, this.#recent);
    if (!piece) return null;
    if (piece.entries) return { entries: piece.entries, unreadable: [], piece };
    const entries: SpoolEntry[] = [];
    const unreadable: string[] = [];
    for (const line of piece.lines) {
      const entry = parseLine(line);
      if (entry) entries.push(entry);
      else unreadable.push(line);
    }
    return { entries, unreadable, piece };
  }

  /** Call it once `batch` is in the database: it is not read again, and a finished file is deleted. */
  advance(batch: SpoolBatch): void {
    if (batch.unreadable.length > 0) this.setAside(batch.unreadable, "not a line of the spool");
    this.#reader.advance(batch.piece);
    if (!this.#active || this.#active.bytes < WORTH_DELETING_BYTES) return;
    if (this.#isMoved(this.#active)) this.#closeSegment();
  }

  /** The entries that wait in the files. It reads them for the oldest call, so it is for monitors, not for calls. */
  backlog(): SpoolBacklog {
    const { lines, bytes } = this.#reader.waiting();
    for (const line of this.#reader.peek()) {
      const entry = parseLine(line);
      if (entry?.kind !== "request") continue;
      return { entries: lines, bytes, oldestAt: timeOfUuid(entry.record.id) };
    }
    return { entries: lines, bytes, oldestAt: null };
  }

  /** Keeps lines that cannot be stored in a file beside the spool, for a person to look at. */
  setAside(lines: string[], reason: string): void {
    const file = path.join(this.#directory, "rejected.ndjson");
    fs.appendFileSync(file, lines.map((line) => `${line}\n`).join(""), { mode: 0o600 });
    log.error({ file, lines: lines.length, reason }, "activity was set aside, not stored");
  }

  /** Closes the files. Whatever has not been moved stays in them for the next process. */
  close(): void {
    this.#writeCounts();
    this.#closeSegment();
    this.#reader.close();
  }

  /** Counts go on gathering where the disk takes nothing. */
  #writeCounts(): void {
    if (!this.isWritable() || this.#counts.size === 0) return;
    try {
      this.#write([...this.#counts.values()].map((count) => ({ kind: "count", count })));
      this.#counts.clear();
    } catch (error) {
      log.warn({ err: error }, "counts of the activity spool wait for the disk");
    }
  }

  #write(entries: readonly SpoolEntry[]): void {
    const lines = entries.map(asLine);
    const segment = this.#writeLines(lines.join(""), lines.length);
    this.#recent.add(
      segment.path,
      segment.bytes,
      entries.map((entry, at) => ({ entry, bytes: Buffer.byteLength(lines[at] ?? "") })),
    );
  }

  #retryUnwritten(): void {
    try {
      while (this.#unwritten[0] !== undefined) {
        this.#writeLines(this.#unwritten[0], 1);
        this.#unwritten.shift();
      }
      log.info({ lost: this.#lost }, "the activity spool can be written again");
      this.#lost = 0;
    } catch {
      // The first of them has reported it.
    }
  }

  #keepUnwritten(line: string, error: unknown): void {
    if (this.#unwritten.length === 0)
      log.error({ err: error }, "the activity spool cannot be written");
    this.#unwritten.push(line);
    if (this.#unwritten.length <= MAX_UNWRITTEN) return;
    this.#unwritten.shift();
    this.#lost += 1;
  }

  /** Returns the segment that has the lines at its end. Throws where the disk does not take them. */
  #writeLines(lines: string, count: number): SpoolSegment {
    if (this.#active && this.#active.bytes >= SEGMENT_BYTES) this.#closeSegment();
    const segment = this.#active ?? this.#openSegment();
    let taken = 0;
    try {
      segment.write(lines);
      taken = count;
    } finally {
      this.#reader.grow(segment.path, segment.bytes, taken);
    }
    return segment;
  }

  #openSegment(): SpoolSegment {
    this.#active = new SpoolSegment(this.#directory, this.#sync);
    this.#reader.add(this.#active.path);
    return this.#active;
  }

  #isMoved({ path, bytes }: SpoolSegment): boolean {
    return this.#reader.isMoved(path, bytes);
  }

  #closeSegment(): void {
    if (!this.#active) return;
    this.#active.close(this.#isMoved(this.#active));
    this.#reader.seal(this.#active.path);
    this.#active = null;
  }
}

function entriesOf(records: readonly RequestRecord[]): SpoolEntry[] {
  return records.map((record) => ({ kind: "request", record: storableRequest(record) }));
}
