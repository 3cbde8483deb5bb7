import fs from "node:fs";
import path from "node:path";
import { now } from "@/lib/platform/clock";
import type { Env } from "@/lib/platform/env";
import { newUuid } from "@/lib/platform/ids";
import { log } from "@/lib/platform/log";

/** When the lines of the spool are brought to the disk itself, where they outlast a power cut. */
export type SpoolSync = Env["SPOOL_SYNC"];

/** Time in which lines gather for one sync, where answers do not wait for it. */
const GATHER_MS = 100;

/** Thrown where the disk takes no lines. Nothing of them is in the file then. */
export class SpoolFullError extends Error {}

type Waiting = { resolve: () => void; reject: (error: Error) => void };

/**
 * One file of the spool while it is written. A sync runs in a thread of the system's, and one serves all lines written
 * before it: those written meanwhile share the next one.
 */
export class SpoolSegment {
  readonly path: string;
  /** The bytes that may be read from it. */
  bytes = 0;
  readonly #fd: number;
  readonly #sync: SpoolSync;
  #waiting: Waiting[] = [];
  #syncsUnderWay = 0;
  #isClosed = false;
  #isTorn = false;
  #timer: NodeJS.Timeout | null = null;

  /** Makes a new file in `directory`. Throws `SpoolFullError` where the disk has no room for one. */
  constructor(directory: string, sync: SpoolSync) {
    this.path = path.join(directory, `activity-${newUuid(now())}.ndjson`);
    this.#sync = sync;
    try {
      this.#fd = fs.openSync(this.path, "ax", 0o600);
      if (sync !== "off") syncDirectory(directory);
    } catch (error) {
      throw new SpoolFullError("The disk took no new file.", { cause: error });
    }
  }

  /** Appends all of the lines or none. Throws `SpoolFullError` where the disk does not take them. */
  write(lines: string): void {
    const bytes = Buffer.from(this.#isTorn ? `\n${lines}` : lines);
    let written = 0;
    try {
      written = fs.writeSync(this.#fd, bytes);
    } catch (error) {
      throw new SpoolFullError("The disk took no lines.", { cause: error });
    }
    if (written < bytes.length) this.#takeBack(written);
    this.bytes += written;
    this.#isTorn = false;
    if (this.#sync === "100ms") this.#syncLater();
  }

  /** Resolves once all lines are on the disk itself; null where nobody is to wait for that. Rejects when it failed. */
  onDisk(): Promise<void> | null {
    if (this.#sync !== "always") return null;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#syncWaiting();
    });
  }

  /** Ends the file. Its lines get to the disk before, unless the database has them all. */
  close(isMoved: boolean): void {
    this.#isClosed = true;
    const isDirty = this.#timer !== null;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    // At once, since the process may end with this.
    if (isDirty && !isMoved) fs.fdatasyncSync(this.#fd);
    this.#closeWhenIdle();
  }

  /** The disk took some bytes, so there may be half a line. Without the truncation the next one begins a new line. */
  #takeBack(written: number): never {
    try {
      fs.ftruncateSync(this.#fd, this.bytes);
    } catch {
      this.bytes += written;
      this.#isTorn = true;
    }
    throw new SpoolFullError("The disk took only a part of the lines.");
  }

  #syncLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#begin([]);
    }, GATHER_MS).unref();
  }

  #syncWaiting(): void {
    if (this.#syncsUnderWay > 0 || this.#waiting.length === 0) return;
    const served = this.#waiting;
    this.#waiting = [];
    this.#begin(served);
  }

  #begin(served: readonly Waiting[]): void {
    this.#syncsUnderWay += 1;
    fs.fdatasync(this.#fd, (error) => {
      this.#syncsUnderWay -= 1;
      if (error) log.error({ err: error }, "the activity spool could not be brought to the disk");
      for (const { resolve, reject } of served) error ? reject(error) : resolve();
      this.#syncWaiting();
      this.#closeWhenIdle();
    });
  }

  #closeWhenIdle(): void {
    if (this.#isClosed && this.#syncsUnderWay === 0) fs.closeSync(this.#fd);
  }
}

/** Brings the names of a directory's files to the disk: without its name, a file is gone after a power cut. */
function syncDirectory(directory: string): void {
  const fd = fs.openSync(directory, "r");
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}
