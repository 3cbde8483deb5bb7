import type { ChainEnd } from "@/lib/access/audit-log/chain/faults";
import { type AuditEventRow, auditEventSelect } from "@/lib/access/audit-log/chain/stored-event";
import type { AuditAction } from "@/lib/people/audit/audit-actions";
import type { AuditChanges } from "@/lib/people/audit/record";
import { reader } from "@/lib/platform/database/unit-of-work";

/** The rows that are in memory at a time. */
const BATCH_ROWS = 500;

/** A workspace's chain at one moment: the end it is known to have, null before the first entry, and its last row. */
export type ChainSnapshot = { end: ChainEnd | null; last: { id: string; number: number } | null };

/** Reads the end of a chain and its last row in one statement, so that both are of the same moment. */
export async function readSnapshot(workspaceId: string): Promise<ChainSnapshot> {
  type Row = { number: number | null; hash: string | null; lastId: string | null; last: number };
  const [row] = await reader().$queryRaw<Row[]>`
    SELECT audit_chain.number, audit_chain.hash, last.id AS "lastId", last.number AS last
    FROM workspace
    LEFT JOIN audit_chain ON audit_chain.workspace_id = workspace.id
    LEFT JOIN LATERAL (SELECT id, number FROM audit_event WHERE workspace_id = workspace.id
                       ORDER BY number DESC LIMIT 1) AS last ON TRUE
    WHERE workspace.id = ${workspaceId}`;
  if (!row) return { end: null, last: null };
  const { number, hash, lastId, last } = row;
  return {
    end: number === null || hash === null ? null : { number, hash },
    last: lastId === null ? null : { id: lastId, number: last },
  };
}

/** The rows of a chain up to a number, in its order, batch by batch. */
export async function* rowsOfChain(
  workspaceId: string,
  upTo: number,
): AsyncGenerator<AuditEventRow[]> {
  let after = { number: -1, id: "" };
  for (;;) {
    const rows: AuditEventRow[] = await reader().auditEvent.findMany({
      where: {
        workspaceId,
        // The first bound is what the index reads by.
        number: { gte: after.number, lte: upTo },
        OR: [{ number: { gt: after.number } }, { id: { gt: after.id } }],
      },
      select: auditEventSelect,
      orderBy: [{ number: "asc" }, { id: "asc" }],
      take: BATCH_ROWS,
    });
    yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH_ROWS) return;
    after = last;
  }
}

/** One row as it stands now. */
export async function readRow(workspaceId: string, id: string): Promise<AuditEventRow | null> {
  return await reader().auditEvent.findFirst({
    where: { id, workspaceId },
    select: auditEventSelect,
  });
}

const REDACTED = "audit.redacted" satisfies AuditAction;

/**
 * The entries that were rewritten since they named a deleted contact, by their id, each with the hash of the details
 * that were left, as the log itself records it.
 */
export async function readRedactions(workspaceId: string): Promise<Map<string, string>> {
  const left = new Map<string, string>();
  let after = 0;
  for (;;) {
    const rows = await reader().auditEvent.findMany({
      where: { workspaceId, action: REDACTED, number: { gt: after } },
      select: { number: true, changes: true },
      orderBy: { number: "asc" },
      take: BATCH_ROWS,
    });
    for (const row of rows) noteRedacted(left, row.changes);
    const last = rows.at(-1);
    if (!last || rows.length < BATCH_ROWS) return left;
    after = last.number;
  }
}

function noteRedacted(left: Map<string, string>, changes: unknown): void {
  const entries = (changes as AuditChanges).entries?.to;
  if (!Array.isArray(entries)) return;
  for (const entry of entries) {
    const [id = "", detailsHash = ""] = String(entry).split(":");
    left.set(id, detailsHash);
  }
}

/** Whether a workspace's log has an entry with this number and hash. */
export async function hasEntry(workspaceId: string, { number, hash }: ChainEnd): Promise<boolean> {
  return (await reader().auditEvent.count({ where: { workspaceId, number, hash } })) > 0;
}
