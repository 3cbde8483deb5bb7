import { noCampaign } from "@/lib/mail/campaigns/campaigns";
import { getMemberCampaign } from "@/lib/mail/campaigns/member-campaigns";
import {
  countCampaignRecipients,
  listCampaignRecipients,
  type Recipient,
} from "@/lib/mail/campaigns/recipients";
import type { RecipientStatus } from "@/lib/mail/campaigns/schema";
import { firstValues } from "@/lib/people/audit/changes";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { type View, viewOf } from "@/lib/people/auth/view";
import { transact } from "@/lib/platform/database/unit-of-work";
import { type Column, exportPieces } from "@/lib/platform/export/columns";
import { ok, type Result } from "@/lib/platform/result";

const BATCH_ROWS = 500;

const COLUMNS: readonly Column<Recipient>[] = [
  ["email", (row) => row.email],
  ["status", ({ status, captured }) => (captured && status === "delivered" ? "kept here" : status)],
  ["opened_at", (row) => row.openedAt?.toISOString() ?? null],
  ["clicked_at", (row) => row.clickedAt?.toISOString() ?? null],
  ["created_at", (row) => row.createdAt.toISOString()],
  ["contact_id", (row) => row.contactId],
  ["email_id", (row) => row.id],
];

/**
 * The recipients of a campaign as CSV in pieces; an audit event records who exported how many. `not_found` for
 * members who may not export.
 */
export async function exportRecipients(
  actor: MemberActor,
  { id, status }: { id: string; status: RecipientStatus | "all" },
  now: Date,
): Promise<Result<{ name: string; pieces: AsyncGenerator<string> }, "not_found">> {
  if (!can(actor, "lists.export")) return noCampaign();
  const found = await getMemberCampaign(actor, { id }, now);
  if (!found.ok) return found;
  const { name, environment } = found.value;
  const target = { type: "campaign", id, name } as const;
  const filter = status === "all" ? {} : { status };
  const rows = await countCampaignRecipients(id, filter.status);
  const changes = firstValues({ rows, ...filter });
  const event = { action: "campaign.exported", target, changes } as const;
  await transact((tx) => recordAudit(tx, actor, event, now));
  const pieces = exportPieces(COLUMNS, "csv", batches(viewOf(actor, environment), id, filter));
  return ok({ name, pieces });
}

async function* batches(
  view: View,
  campaignId: string,
  filter: { status?: RecipientStatus },
): AsyncGenerator<Recipient[]> {
  let after: string | undefined;
  do {
    const query = { limit: BATCH_ROWS, ...filter, ...(after ? { after } : {}) };
    const page = await listCampaignRecipients(view, campaignId, query);
    if (!page.ok) return;
    yield page.value.rows;
    after = page.value.hasMore ? (page.value.nextCursor ?? undefined) : undefined;
  } while (after);
}
