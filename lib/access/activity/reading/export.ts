import { ACTIVITY_COLUMNS } from "@/lib/access/activity/reading/export-columns";
import { asRows, searchPlanOf } from "@/lib/access/activity/reading/query";
import { type Count, countRows, search } from "@/lib/access/activity/reading/search";
import type { SearchPlan } from "@/lib/access/activity/reading/search-plan";
import type { ActivityQuery, ActivityRow } from "@/lib/access/activity/schema";
import { firstValues } from "@/lib/people/audit/changes";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { transact } from "@/lib/platform/database/unit-of-work";
import { exportPieces } from "@/lib/platform/export/columns";
import type { ExportFormat } from "@/lib/platform/export/format";
import { formatCount } from "@/lib/platform/format/number";
import { fail, ok, type Result } from "@/lib/platform/result";

const BATCH_ROWS = 1_000;
/** A search that finds little returns after each step, so that a batch never takes long. */
const STEP_BUDGET_MS = 0;

type Filters = Omit<ActivityQuery, "before">;

/** The rows that are counted for the audit event, and the time that takes: it holds up the download. */
const COUNTED_MAX = 100_000;
const COUNT_BUDGET_MS = 2_000;

/**
 * The calls that the page's filters find, newest first, as text in pieces of a thousand rows, and an audit
 * event that says who exported what, and how many rows. The actor gets the calls that they see on the page.
 * `not_found` for members who may not export.
 */
export async function exportRequests(
  actor: MemberActor,
  { format, ...filters }: Filters & { format: ExportFormat },
  now: Date,
): Promise<Result<AsyncGenerator<string>, "not_found">> {
  if (!can(actor, "lists.export")) return fail("not_found", "You can't export this.");
  const plan = await searchPlanOf(actor, filters, now);
  const rows = inWords(await countRows(plan, COUNTED_MAX, COUNT_BUDGET_MS));
  const event = {
    action: "activity.exported",
    target: { type: "activity", id: actor.workspaceId, name: "Activity" },
    changes: firstValues({ format, rows, ...filters }),
  } as const;
  await transact((tx) => recordAudit(tx, actor, event, now));
  return ok(exportPieces(ACTIVITY_COLUMNS, format, batches(actor, plan, now)));
}

function inWords({ rows, all }: Count): number | string {
  return all ? rows : `more than ${formatCount(rows)}`;
}

async function* batches(
  actor: MemberActor,
  plan: SearchPlan,
  now: Date,
): AsyncGenerator<ActivityRow[]> {
  let before: string | null = null;
  do {
    const found = await search(plan, before, BATCH_ROWS, STEP_BUDGET_MS);
    yield await asRows(actor, found.rows, now);
    before = found.lookedDownTo;
  } while (before);
}
