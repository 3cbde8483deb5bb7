import { type AuditEventRow, auditRows } from "@/lib/audit/query";
import { type AuditChanges, recordAudit } from "@/lib/audit/record";
import type { AuditExportInput } from "@/lib/audit/schema";
import { actionWords, changesInWords } from "@/lib/audit/words";
import type { MemberActor } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { csvLine } from "@/lib/csv";
import { db } from "@/lib/db";
import { fail, ok, type Result } from "@/lib/result";

const BATCH = 500;

const COLUMNS = [
  "time",
  "event_id",
  "person",
  "person_id",
  "action",
  "action_in_words",
  "target_type",
  "target",
  "target_id",
  "changes",
  "address",
  "user_agent",
] as const;

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
  yield csvLine(COLUMNS);
  for await (const row of allRows(actor, filter)) yield csvLine(cellsOf(row));
}

async function* jsonLines(actor: MemberActor, filter: Filter): AsyncGenerator<string> {
  for await (const row of allRows(actor, filter)) yield `${JSON.stringify(row)}\n`;
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

function cellsOf(row: AuditEventRow) {
  const changes = changesInWords(row.changes as AuditChanges)
    .map(({ field, from, to }) => (from ? `${field}: ${from} → ${to}` : `${field}: ${to}`))
    .join("; ");
  return [
    row.at.toISOString(),
    row.id,
    row.actorName,
    row.actorId,
    row.action,
    actionWords(row.action).label,
    row.targetType,
    row.targetName,
    row.targetId,
    changes,
    row.address,
    row.userAgent,
  ];
}
