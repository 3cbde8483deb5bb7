import { hashOfDetails, hashOfEntry, NO_HASH } from "@/lib/access/audit-log/chain/entry";
import {
  type ChainEnd,
  type ChainFault,
  faultOfPlace,
  missing,
} from "@/lib/access/audit-log/chain/faults";
import {
  type ChainSnapshot,
  readRedactions,
  readRow,
  readSnapshot,
  rowsOfChain,
} from "@/lib/access/audit-log/chain/read-chain";
import type { AuditEventRow } from "@/lib/access/audit-log/chain/stored-event";
import { mapUnhurried } from "@/lib/platform/unhurried";

/** The outcome of checking a chain: where it ends, or where it is broken first. */
export type ChainVerdict = { isWhole: true; end: ChainEnd } | { isWhole: false; fault: ChainFault };

const START: ChainEnd = { number: 0, hash: NO_HASH };

/**
 * Checks a workspace's audit log from its first entry to the one that is the last as this begins: that each is what
 * its hash was made of and goes on from the one before, and that none is missing or was put in. It reads in batches
 * and lets other work go first. The log may grow meanwhile.
 */
export async function verifyChain(workspaceId: string): Promise<ChainVerdict> {
  const snapshot = await readSnapshot(workspaceId);
  const walk = new Walk(workspaceId);
  for await (const rows of rowsOfChain(workspaceId, upToWhich(snapshot))) {
    const fault = await walk.firstFault(rows);
    if (fault) return { isWhole: false, fault };
  }
  const fault = faultOfEnd(walk.last, snapshot);
  return fault ? { isWhole: false, fault } : { isWhole: true, end: walk.last };
}

function upToWhich({ end, last }: ChainSnapshot): number {
  return end?.number ?? last?.number ?? 0;
}

/** A walk along a chain; `last` is the place that was reached. */
class Walk {
  last = START;
  private readonly redactions: Redactions;

  constructor(workspaceId: string) {
    this.redactions = new Redactions(workspaceId);
  }

  /** The first fault among the rows that come next, null where there is none. */
  async firstFault(rows: readonly AuditEventRow[]): Promise<ChainFault | null> {
    const unchanged = await mapUnhurried(rows, isAsWritten);
    for (const [at, row] of rows.entries()) {
      const misplaced = faultOfPlace(row, this.last);
      if (misplaced) return misplaced;
      const { id: eventId, number, hash } = row;
      const isExplained = unchanged[at] || (await this.redactions.explain(row));
      if (!isExplained) return { kind: "changed", number, eventId };
      this.last = { number, hash };
    }
    return null;
  }
}

/** Whether nothing of an entry has changed, what names contacts included. */
function isAsWritten(row: AuditEventRow): boolean {
  return hashOfEntry(row) === row.hash && hashOfDetails(row) === row.detailsHash;
}

/** The fault of a chain that was whole up to `last` and ends otherwise than it did. */
function faultOfEnd(last: ChainEnd, { end, last: lastRow }: ChainSnapshot): ChainFault | null {
  const { number, hash } = end ?? START;
  if (last.number < number) return missing(last.number + 1, number);
  if (!lastRow) return null;
  if (end && lastRow.number > number) {
    return { kind: "foreign", number: lastRow.number, eventId: lastRow.id };
  }
  return last.hash === hash ? null : { kind: "end", number: last.number, eventId: lastRow.id };
}

/** The entries of a workspace that were rewritten as the log records it, since they named a deleted contact. */
class Redactions {
  private left: ReadonlyMap<string, string> = new Map();

  constructor(private readonly workspaceId: string) {}

  /** Whether an entry that is not as it was written is as a redaction left it. */
  async explain(row: AuditEventRow): Promise<boolean> {
    if (this.isLeft(row)) return true;
    // It may have been rewritten since this began, and may be once more meanwhile.
    for (;;) {
      const before = await readRow(this.workspaceId, row.id);
      this.left = await readRedactions(this.workspaceId);
      const after = await readRow(this.workspaceId, row.id);
      if (before?.salt === after?.salt) return after !== null && this.isLeft(after);
    }
  }

  private isLeft(row: AuditEventRow): boolean {
    return hashOfEntry(row) === row.hash && this.left.get(row.id) === hashOfDetails(row);
  }
}
