import type { SpoolEntry } from "@/lib/access/activity/recording/spool-line";

/** The most entries kept: some batches of the mover. Where the database falls behind, files hold the rest. */
const ENTRIES_MAX = 2_000;

/** An entry of the spool, and the bytes of the segment between which its line stands. */
type Placed = { entry: SpoolEntry; start: number; end: number };

/**
 * The entries that were written to the spool last. The mover takes them from here: reading the lines back and parsing
 * them took 4 % of the time of a call. Losing them costs nothing, since the files have them.
 */
export class RecentEntries {
  #path = "";
  #entries: Placed[] = [];

  /** Keeps entries whose lines, each of so many bytes, end at `end` in the segment. */
  add(path: string, end: number, written: readonly { entry: SpoolEntry; bytes: number }[]): void {
    const isFull = this.#entries.length + written.length > ENTRIES_MAX;
    if (path !== this.#path || isFull) this.#entries = [];
    this.#path = path;
    let start = end - written.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { entry, bytes } of written) {
      this.#entries.push({ entry, start, end: start + bytes });
      start += bytes;
    }
  }

  /** The entries from `position` on, at most `max`, and where they end; null when the line there is not kept. */
  takeFrom(
    path: string,
    position: number,
    max: number,
  ): { entries: SpoolEntry[]; end: number } | null {
    if (path !== this.#path) return null;
    const first = this.#entries.findIndex(({ start }) => start >= position);
    if (first < 0 || this.#entries[first]?.start !== position) return null;
    const taken = contiguous(this.#entries.slice(first, first + max));
    this.#entries = this.#entries.slice(first + taken.length);
    return { entries: taken.map(({ entry }) => entry), end: taken.at(-1)?.end ?? position };
  }
}

/** The entries up to the first that does not stand right behind the one before it. */
function contiguous(entries: readonly Placed[]): readonly Placed[] {
  const gap = entries.findIndex(({ start }, at) => at > 0 && entries[at - 1]?.end !== start);
  return gap < 0 ? entries : entries.slice(0, gap);
}
