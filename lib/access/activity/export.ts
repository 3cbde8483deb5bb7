import { exportHead, exportLine } from "@/lib/access/activity/export-rows";
import { asRows, searchPlanOf } from "@/lib/access/activity/query";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import { search } from "@/lib/access/activity/search";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { db } from "@/lib/platform/database/db";
import type { ExportFormat } from "@/lib/platform/export/format";

const BATCH_ROWS = 1_000;
/** A sparse search takes a step of its own for each batch, so that a reader who went away is noticed soon. */
const STEP_BUDGET_MS = 0;

type ExportInput = Omit<ActivityQuery, "before"> & { format: ExportFormat };

/**
 * Everything the page's filters find, newest first, as text in pieces: read as it is sent, a thousand
 * rows at a time, so that neither the size of the export nor the speed of its reader costs memory. The
 * actor sees what they see on the page. The audit log says who took what.
 */
export async function exportRequests(
  actor: MemberActor,
  input: ExportInput,
  now: Date,
): Promise<AsyncGenerator<string>> {
  const { format, ...filters } = input;
  await db.$transaction((tx) =>
    recordAudit(
      tx,
      actor,
      {
        action: "activity.exported",
        target: { type: "activity", id: actor.workspaceId, name: "Activity" },
        changes: asChanges({ format, ...filters }),
      },
      now,
    ),
  );
  return lines(actor, filters, format, now);
}

async function* lines(
  actor: MemberActor,
  filters: Omit<ActivityQuery, "before">,
  format: ExportFormat,
  now: Date,
): AsyncGenerator<string> {
  yield exportHead(format);
  const plan = await searchPlanOf(actor, filters);
  let before: string | null = null;
  do {
    const found = await search(plan, before, BATCH_ROWS, STEP_BUDGET_MS);
    const rows = await asRows(actor, found.rows, now);
    if (rows.length > 0) yield rows.map((row) => exportLine(format, row)).join("");
    before = found.lookedDownTo;
  } while (before);
}

function asChanges(said: Record<string, string | Date | undefined>) {
  const entries = Object.entries(said).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return [
      [name, { from: null, to: value instanceof Date ? value.toISOString() : value }],
    ] as const;
  });
  return Object.fromEntries(entries);
}
