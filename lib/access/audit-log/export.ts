import { type AuditEventRow, auditRows } from "@/lib/access/audit-log/query";
import type { AuditExportInput } from "@/lib/access/audit-log/schema";
import { actionWords, changesInWords } from "@/lib/access/audit-log/words";
import { type AuditChanges, recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { db } from "@/lib/platform/database/db";
import { type CsvValue, csvLine } from "@/lib/platform/export/csv";
import { fail, ok, type Result } from "@/lib/platform/result";

const BATCH = 500;

type Column = readonly [name: string, read: (row: AuditEventRow) => CsvValue];

const COLUMNS: readonly Column[] = [
  ["time", (row) => row.at.toISOString()],
  ["event_id", (row) => row.id],
  ["person", (row) => row.actorName],
  ["person_id", (row) => row.actorId],
  ["action", (row) => row.action],
  ["action_in_words", (row) => actionWords(row.action).label],
  ["target_type", (row) => row.targetType],
  ["target", (row) => row.targetName],
  ["target_id", (row) => row.targetId],
  ["changes", changesAsText],
  ["address", (row) => row.address],
  ["user_agent", (row) => row.userAgent],
];

/** An export under way: its lines are read from the database as they are asked for. */
type AuditExport = { lines: AsyncIterable<string> };

/**
 * The matching events as CSV or as one JSON object a line, newest first, and a record that they were
 * exported. `not_found` for everyone but admins and owners.
 */
export async function exportAudit(
  actor: MemberActor,
  { format, ...filter }: AuditExportInput,
  now: Date,
): Promise<Result<AuditExport, "not_found">> {
  if (!can(actor, "audit.read")) return fail("not_found", "There is no such page.");
  const used = Object.entries(filter).filter(([, value]) => value !== "");
  const event = {
    action: "audit.exported",
    target: { type: "audit", id: actor.workspaceId, name: actor.workspaceName },
    changes: Object.fromEntries(
      [["format", format] as const, ...used].map(([name, to]) => [name, { from: null, to }]),
    ),
  } as const;
  await db.$transaction((tx) => recordAudit(tx, actor, event, now));
  return ok({ lines: format === "csv" ? csvLines(actor, filter) : jsonLines(actor, filter) });
}

type Filter = Omit<AuditExportInput, "format">;

async function* csvLines(actor: MemberActor, filter: Filter): AsyncGenerator<string> {
  yield csvLine(COLUMNS.map(([name]) => name));
  for await (const row of allRows(actor, filter)) {
    yield csvLine(COLUMNS.map(([, read]) => read(row)));
  }
}

/** The same fields under the same names, but with the changes as they are kept: programs read those. */
async function* jsonLines(actor: MemberActor, filter: Filter): AsyncGenerator<string> {
  for await (const row of allRows(actor, filter)) {
    const fields = Object.fromEntries(COLUMNS.map(([name, read]) => [name, read(row)]));
    yield `${JSON.stringify({ ...fields, changes: row.changes })}\n`;
  }
}

async function* allRows(actor: MemberActor, filter: Filter): AsyncGenerator<AuditEventRow> {
  let before = "";
  for (;;) {
    const rows = await auditRows(actor, filter, { before, limit: BATCH });
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    before = last.id;
  }
}

function changesAsText({ changes }: AuditEventRow): string {
  return changesInWords(changes as AuditChanges)
    .map(({ field, from, to }) => (from ? `${field}: ${from} → ${to}` : `${field}: ${to}`))
    .join("; ");
}
