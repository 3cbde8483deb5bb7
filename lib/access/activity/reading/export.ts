import { ACTIVITY_COLUMNS } from "@/lib/access/activity/reading/export-columns";
import { asRows, searchPlanOf } from "@/lib/access/activity/reading/query";
import { search } from "@/lib/access/activity/reading/search";
import type { ActivityQuery, ActivityRow } from "@/lib/access/activity/schema";
import { firstValues } from "@/lib/people/audit/changes";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { transact } from "@/lib/platform/database/unit-of-work";
import { exportPieces } from "@/lib/platform/export/columns";
import type { ExportFormat } from "@/lib/platform/export/format";

const BATCH_ROWS = 1_000;
/** A search that finds little returns after each step, so that a batch never takes long. */
const STEP_BUDGET_MS = 0;

type Filters = Omit<ActivityQuery, "before">;

/**
 * The calls that the page's filters find, newest first, as text in pieces of a thousand rows, and an audit
 * event that says who exported what. The actor gets the calls that they see on the page.
 */
export async function exportRequests(
  actor: MemberActor,
  { format, ...filters }: Filters & { format: ExportFormat },
  now: Date,
): Promise<AsyncGenerator<string>> {
  const event = {
    action: "activity.exported",
    target: { type: "activity", id: actor.workspaceId, name: "Activity" },
    changes: firstValues({ format, ...filters }),
  } as const;
  await transact((tx) => recordAudit(tx, actor, event, now));
  return exportPieces(ACTIVITY_COLUMNS, format, batches(actor, filters, now));
}

async function* batches(
  actor: MemberActor,
  filters: Filters,
  now: Date,
): AsyncGenerator<ActivityRow[]> {
  const plan = await searchPlanOf(actor, filters);
  let before: string | null = null;
  do {
    const found = await search(plan, before, BATCH_ROWS, STEP_BUDGET_MS);
    yield await asRows(actor, found.rows, now);
    before = found.lookedDownTo;
  } while (before);
}
