import type { AuditEventRow } from "@/lib/access/audit-log/chain/stored-event";
import { changeAsText, changesInWords } from "@/lib/access/audit-log/change-words";
import { changesOf } from "@/lib/access/audit-log/event";
import { auditRows, countAuditRows } from "@/lib/access/audit-log/query";
import type { AuditExportInput, AuditFilter } from "@/lib/access/audit-log/schema";
import { actionWords } from "@/lib/access/audit-log/words";
import { firstValues } from "@/lib/people/audit/changes";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { transact } from "@/lib/platform/database/unit-of-work";
import { type Column, exportPieces } from "@/lib/platform/export/columns";
import { fail, ok, type Result } from "@/lib/platform/result";

const BATCH_ROWS = 500;

/**
 * Spreadsheets get the changes in words, programs as they are stored. What seals the entry comes last, so that an NDJSON
 * file can be checked without Postern (`chain/check-in-python.ts`).
 */
const COLUMNS: readonly Column<AuditEventRow>[] = [
  ["time", (row) => row.at.toISOString()],
  ["event_id", (row) => row.id],
  ["person", (row) => row.actorName],
  ["person_id", (row) => row.actorId],
  ["action", (row) => row.action],
  ["action_in_words", (row) => actionWords(row.action).label],
  ["target_type", (row) => row.targetType],
  ["target", (row) => row.targetName],
  ["target_id", (row) => row.targetId],
  ["changes", changesAsText, (row) => row.changes],
  ["address", (row) => row.address],
  ["user_agent", (row) => row.userAgent],
  ["workspace_id", (row) => row.workspaceId],
  ["number", (row) => row.number],
  ["salt", (row) => row.salt],
  ["details_hash", (row) => row.detailsHash],
  ["previous_hash", (row) => row.previousHash],
  ["hash", (row) => row.hash],
];

/**
 * The matching events, newest first, as text in pieces, and an audit event that says who exported how many.
 * `not_found` for everyone but admins and owners.
 */
export async function exportAudit(
  actor: MemberActor,
  { format, ...filter }: AuditExportInput,
  now: Date,
): Promise<Result<AsyncGenerator<string>, "not_found">> {
  if (!can(actor, "audit.read") || !can(actor, "lists.export"))
    return fail("not_found", "There is no such page.");
  const event = {
    action: "audit.exported",
    target: { type: "audit", id: actor.workspaceId, name: actor.workspaceName },
    changes: firstValues({ format, rows: await countAuditRows(actor, filter), ...filter }),
  } as const;
  await transact((tx) => recordAudit(tx, actor, event, now));
  return ok(exportPieces(COLUMNS, format, batches(actor, filter)));
}

async function* batches(actor: MemberActor, filter: AuditFilter): AsyncGenerator<AuditEventRow[]> {
  let before: string | undefined = "";
  while (before !== undefined) {
    const rows: AuditEventRow[] = await auditRows(actor, filter, { before, limit: BATCH_ROWS });
    yield rows;
    before = rows.length < BATCH_ROWS ? undefined : rows.at(-1)?.id;
  }
}

function changesAsText(row: AuditEventRow): string {
  return changesInWords(changesOf(row)).map(changeAsText).join("; ");
}
