import type { CallCounts } from "@/lib/access/activity/recording/call-counts";
import { processSpool } from "@/lib/access/activity/recording/process-spool";
import type { Environment } from "@/prisma/generated/enums";

/** One call to the API by a recognised key, as the activity table holds it. */
export type RequestRecord = CallCounts & {
  /** A UUIDv7; its time is the call's time, and as `req_…` it is the request id the caller was told. */
  id: string;
  workspaceId: string;
  keyId: string;
  secretId: string;
  environment: Environment;
  method: string;
  /** The route's pattern (`/contacts/:id`), or the path where no route matched. */
  route: string;
  /** The path asked for, without its query string. */
  path: string;
  status: number;
  /** The problem code of a refused or failed call. */
  code: string | null;
  durationMs: number;
  address: string;
  userAgent: string;
  bytesIn: number;
  bytesOut: number;
  /** The scopes that its route asks for. */
  scopes: readonly string[];
  /** Whether the call got past authentication: only then does it count as the key's last use. */
  authenticated: boolean;
  /** How many more calls like this one, made shortly before it, were counted instead of stored. */
  repeats: number;
};

/**
 * Writes calls to the spool, such as those answered in one turn of the event loop, in one write. When this
 * returns, the operating system has the records: each reaches the database exactly once even if this process
 * is killed the next moment. Throws `SpoolFullError` where the disk takes nothing:
 * the calls must be answered with 503, and that is what gets on record once the disk takes lines again. Of the calls of a
 * key that is kept out, only the first of each minute are written; the others are counted, and a killed process may lose
 * the last ten seconds of that count.
 */
export function recordRequests(records: readonly RequestRecord[]): void {
  const { spool, keptOut } = processSpool();
  const stored = records.filter((record) => keptOut.isToStore(record));
  if (stored.length === 0) return;
  try {
    spool.append(stored);
  } catch (error) {
    spool.appendInTime(stored.map(asUnavailable));
    throw error;
  }
}

/**
 * Resolves once the calls recorded so far outlast a power cut, and rejects when the disk failed; null where answers do
 * not wait for that (`SPOOL_SYNC`).
 */
export function recordsOnDisk(): Promise<void> | null {
  return processSpool().spool.onDisk();
}

/** True while calls can be put on record. One that cannot be must be refused before it changes anything. */
export function canRecord(): boolean {
  return processSpool().spool.isWritable();
}

/** The effect of the call may stand, so its counts do. */
function asUnavailable(record: RequestRecord): RequestRecord {
  return { ...record, status: 503, code: "service_unavailable" };
}

/**
 * Counts a call without a recognised key. Counts gather in memory and reach the spool with the next batch,
 * within 100 ms, so that a flood costs no write per call. A killed process may lose the last 100 ms of them.
 */
export function countUnrecognised(code: string, at: Date): void {
  processSpool().spool.count(code, at);
}
