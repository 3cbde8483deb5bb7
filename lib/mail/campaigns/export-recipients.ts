import { getMemberCampaign } from "@/lib/mail/campaigns/member-campaigns";
import { listCampaignRecipients, type Recipient } from "@/lib/mail/campaigns/recipients";
import type { RecipientStatus } from "@/lib/mail/campaigns/schema";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { type View, viewOf } from "@/lib/people/auth/view";
import { db } from "@/lib/platform/database/db";
import { csvLine } from "@/lib/platform/export/csv";
import { ok, type Result } from "@/lib/platform/result";

const BATCH = 500;

const COLUMNS = [
  "email",
  "status",
  "opened_at",
  "clicked_at",
  "created_at",
  "contact_id",
  "email_id",
] as const;

/**
 * The recipients of a campaign as CSV, read from the database as its lines are asked for, and a record that
 * they were exported.
 */
export async function exportRecipients(
  actor: MemberActor,
  { id, status }: { id: string; status: RecipientStatus | "all" },
  now: Date,
): Promise<Result<{ name: string; lines: AsyncIterable<string> }, "not_found">> {
  const found = await getMemberCampaign(actor, { id }, now);
  if (!found.ok) return found;
  const { name, environment } = found.value;
  const target = { type: "campaign", id, name } as const;
  const changes = status === "all" ? {} : { status: { from: null, to: status } };
  const event = { action: "campaign.exported", target, changes } as const;
  await db.$transaction((tx) => recordAudit(tx, actor, event, now));
  const filter = status === "all" ? {} : { status };
  return ok({ name, lines: csvLines(viewOf(actor, environment), id, filter) });
}

async function* csvLines(
  view: View,
  campaignId: string,
  filter: { status?: RecipientStatus },
): AsyncGenerator<string> {
  yield csvLine(COLUMNS);
  let after: string | undefined;
  do {
    const query = { limit: BATCH, ...filter, ...(after ? { after } : {}) };
    const page = await listCampaignRecipients(view, campaignId, query);
    if (!page.ok) return;
    for (const row of page.value.rows) yield csvLine(cellsOf(row));
    after = page.value.hasMore ? (page.value.nextCursor ?? undefined) : undefined;
  } while (after);
}

function cellsOf(row: Recipient) {
  return [
    row.email,
    row.status,
    row.openedAt?.toISOString() ?? null,
    row.clickedAt?.toISOString() ?? null,
    row.createdAt.toISOString(),
    row.contactId,
    row.id,
  ];
}
