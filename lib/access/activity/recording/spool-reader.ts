import fs from "node:fs";
import path from "node:path";
import type { RecentEntries } from "@/lib/access/activity/recording/recent-entries";
import type { SpoolEntry } from "@/lib/access/activity/recording/spool-line";
import { log } from "@/lib/platform/log";

/** Bytes of one read; the longest line is a quarter of it. */
const READ_BYTES = 256 * 1024;
const SEGMENT_NAME = /^activity-[0-9a-f-]{36}\.ndjson$/;
const NEWLINE = 10;
/** A new position overwrites the old one, which has the same number of digits. */
const WRITE_IN_PLACE = fs.constants.O_WRONLY | fs.constants.O_CREAT;

type Segment = {
  path: string;
  /** Bytes that may be read; grows while the segment is being written. */
  bytes: number;
  /** Bytes that are already in the database. */
  position: number;
  /** Lines that are not. */
  lines: number;
  /** Whether nothing more will be written to it. */
  sealed: boolean;
};

/** Whole lines of one segment, where they end in it, and whether more lines follow. */
export type SpoolPiece = {
  path: string;
  lines: string[];
  /** The content of the lines where it was still in memory; they are not read then. */
  entries?: SpoolEntry[];
  end: number;
  more: boolean;
};

/** Reads the spool's segments back, oldest first, and remembers on disk how far the database has them. */
export class SpoolReader {
  readonly #buffer = Buffer.allocUnsafe(READ_BYTES);
  readonly #segments: Segment[];
  #open: { fd: number; path: string } | null = null;
  /** The file of the first segment's position, kept open: opening it for every batch cost more than reading. */
  #positionFd: number | null = null;

  constructor(directory: string) {
    const names = fs.readdirSync(directory).filter((name) => SEGMENT_NAME.test(name));
    this.#segments = names.sort().map((name) => leftover(path.join(directory, name)));
  }

  /** A new segment, empty so far. */
  add(file: string): void {
    this.#segments.push({ path: file, bytes: 0, position: 0, lines: 0, sealed: false });
  }

  /** Tells that the segment being written has `bytes` bytes now, after `lines` more. */
  grow(file: string, bytes: number, lines: number): void {
    const last = this.#segments.at(-1);
    if (last?.path !== file) return;
    last.bytes = bytes;
    last.lines += lines;
  }

  /** Tells that the segment is complete. */
  seal(file: string): void {
    const segment = this.#segments.find((candidate) => candidate.path === file);
    if (segment) segment.sealed = true;
    this.#deleteMoved();
  }

  /** Whether all `bytes` bytes of the segment are in the database. */
  isMoved(file: string, bytes: number): boolean {
    const first = this.#segments[0];
    return first?.path === file && first.position >= bytes;
  }

  /** The oldest whole lines that are not in the database yet, at most `maxLines`. Lines of `recent` are not read. */
  next(maxLines: number, recent: RecentEntries): SpoolPiece | null {
    for (let segment = this.#segments[0]; segment; segment = this.#segments[0]) {
      const piece = this.#recall(segment, maxLines, recent) ?? this.#read(segment, maxLines);
      if (piece) return piece;
      if (!segment.sealed) return null;
      this.#skipTornEnd(segment);
    }
    return null;
  }

  /** Tells that the piece is in the database. This and the next process go on after it. */
  advance(piece: SpoolPiece): void {
    const segment = this.#segments[0];
    if (segment?.path !== piece.path) return;
    segment.position = piece.end;
    // A line that was torn is read as one that nobody counted.
    segment.lines = Math.max(segment.lines - (piece.entries ?? piece.lines).length, 0);
    this.#notePosition(segment);
    this.#deleteMoved();
  }

  /** On a full disk the position stands in memory alone: the next process offers rows again, and they are stored once. */
  #notePosition({ path, position }: Segment): void {
    try {
      this.#positionFd ??= fs.openSync(positionFile(path), WRITE_IN_PLACE, 0o600);
      fs.writeSync(this.#positionFd, asPosition(position), 0);
    } catch (error) {
      log.warn({ err: error }, "the disk did not take the position in the activity spool");
    }
  }

  /** The lines and bytes that are not in the database yet. */
  waiting(): { lines: number; bytes: number } {
    const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
    return {
      lines: sum(this.#segments.map(({ lines }) => lines)),
      bytes: sum(this.#segments.map(({ bytes, position }) => bytes - position)),
    };
  }

  /** The oldest lines that are not in the database yet, as many as one read gives. Moves nothing. */
  peek(): string[] {
    const segment = this.#segments.find(({ bytes, position }) => position < bytes);
    if (!segment) return [];
    const buffer = Buffer.alloc(Math.min(READ_BYTES, segment.bytes - segment.position));
    const fd = fs.openSync(segment.path, "r");
    try {
      const length = fs.readSync(fd, buffer, 0, buffer.length, segment.position);
      return buffer.toString("utf8", 0, length).split("\n");
    } finally {
      fs.closeSync(fd);
    }
  }

  close(): void {
    if (this.#open) fs.closeSync(this.#open.fd);
    if (this.#positionFd !== null) fs.closeSync(this.#positionFd);
    this.#open = null;
    this.#positionFd = null;
  }

  #recall(segment: Segment, maxLines: number, recent: RecentEntries): SpoolPiece | null {
    const found = recent.takeFrom(segment.path, segment.position, maxLines);
    if (!found) return null;
    return { ...this.#piece(segment, [], found.end - segment.position), entries: found.entries };
  }

  #read(segment: Segment, maxLines: number): SpoolPiece | null {
    if (segment.position >= segment.bytes) return null;
    const wanted = Math.min(READ_BYTES, segment.bytes - segment.position);
    const length = fs.readSync(this.#fdOf(segment), this.#buffer, 0, wanted, segment.position);
    let end = 0;
    const lines: string[] = [];
    while (lines.length < maxLines) {
      const newline = this.#buffer.subarray(0, length).indexOf(NEWLINE, end);
      if (newline < 0) break;
      lines.push(this.#buffer.toString("utf8", end, newline));
      end = newline + 1;
    }
    if (lines.length > 0) return this.#piece(segment, lines, end);
    // Our lines are shorter than this, so the file is damaged here; it is set aside piece by piece.
    if (length < READ_BYTES) return null;
    const damage = this.#buffer.toString("latin1", 0, length);
    return this.#piece(segment, [damage], length);
  }

  #piece(segment: Segment, lines: string[], length: number): SpoolPiece {
    const end = segment.position + length;
    const more = end < segment.bytes || this.#segments.length > 1;
    return { path: segment.path, lines, end, more };
  }

  #fdOf(segment: Segment): number {
    if (this.#open?.path === segment.path) return this.#open.fd;
    this.close();
    this.#open = { fd: fs.openSync(segment.path, "r"), path: segment.path };
    return this.#open.fd;
  }

  /** A power cut can tear the last line of a segment. Nothing follows it, and its call was never answered in full. */
  #skipTornEnd(segment: Segment): void {
    if (segment.position < segment.bytes) {
      const bytes = segment.bytes - segment.position;
      log.warn({ file: segment.path, bytes }, "a torn last line of the activity spool was skipped");
    }
    segment.position = segment.bytes;
    this.#deleteMoved();
  }

  #deleteMoved(): void {
    for (let first = this.#segments[0]; first; first = this.#segments[0]) {
      if (!first.sealed || first.position < first.bytes) return;
      this.close();
      fs.rmSync(first.path, { force: true });
      fs.rmSync(positionFile(first.path), { force: true });
      this.#segments.shift();
    }
  }
}

function leftover(file: string): Segment {
  const bytes = fs.statSync(file).size;
  const position = Math.min(readPosition(file), bytes);
  return { path: file, bytes, position, lines: linesFrom(file, position), sealed: true };
}

/** The number of lines that end in a file from `position` on. It reads the file once, at the start after a crash or an outage. */
function linesFrom(file: string, position: number): number {
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  const fd = fs.openSync(file, "r");
  let lines = 0;
  let length = 0;
  for (let from = position; ; from += length) {
    length = fs.readSync(fd, buffer, 0, READ_BYTES, from);
    if (length === 0) break;
    const read = buffer.subarray(0, length);
    for (let at = read.indexOf(NEWLINE); at >= 0; at = read.indexOf(NEWLINE, at + 1)) lines += 1;
  }
  fs.closeSync(fd);
  return lines;
}

function asPosition(bytes: number): string {
  return String(bytes).padStart(16, "0");
}

function positionFile(segmentPath: string): string {
  return segmentPath.replace(/ndjson$/, "position");
}

/**
 * How far the segment is in the database. It is written after each commit, so it can only lag behind: then
 * some rows are offered twice and inserted once. Without it all rows are offered again.
 */
function readPosition(segmentPath: string): number {
  const file = positionFile(segmentPath);
  if (!fs.existsSync(file)) return 0;
  const position = Number(fs.readFileSync(file, "utf8"));
  return Number.isSafeInteger(position) && position > 0 ? position : 0;
}
