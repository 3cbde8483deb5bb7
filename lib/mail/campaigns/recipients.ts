import { z } from "zod";
import { campaignsShownBy, noCampaign } from "@/lib/mail/campaigns/campaigns";
import type { ListRecipientsQuery, RecipientStatus } from "@/lib/mail/campaigns/schema";
import type { View } from "@/lib/people/auth/view";
import { db } from "@/lib/platform/database/db";
import type { ListOf } from "@/lib/platform/paging/cursor";
import { type Page, toPage, type Walk, walkOf } from "@/lib/platform/paging/page";
import { listJson } from "@/lib/platform/paging/schema";
import { ok, type Result } from "@/lib/platform/result";
import { EmailStatus } from "@/prisma/generated/enums";

const instantOrNull = z.iso.datetime().nullable();

/** A campaign's email to one contact, as the API shows it. */
export const recipientJson = z.strictObject({
  object: z.literal("campaign_recipient"),
  /** Of the email. */
  id: z.string(),
  contact_id: z.string().nullable(),
  email: z.string(),
  /** The latest thing that happened to it. */
  status: z.enum(EmailStatus),
  opened_at: instantOrNull,
  clicked_at: instantOrNull,
  created_at: z.iso.datetime(),
});
export const recipientListJson = listJson(recipientJson);

const recipientSelect = {
  id: true,
  contactId: true,
  to: true,
  status: true,
  openedAt: true,
  clickedAt: true,
  createdAt: true,
} as const;

/** One recipient of a campaign. */
export type Recipient = {
  object: "campaign_recipient";
  id: string;
  contact_id: string | null;
  email: string;
  status: EmailStatus;
  opened_at: Date | null;
  clicked_at: Date | null;
  created_at: Date;
};

/**
 * A page of the recipients of a campaign the view shows, newest first. With a status: the recipients to whom
 * that happened, the latest first, and as many in all as the report counts. Fails with `validation_error` for
 * a cursor that leads nowhere.
 */
export async function listCampaignRecipients(
  view: View,
  campaignId: string,
  query: ListRecipientsQuery,
): Promise<Result<Page<Recipient>, "not_found" | "validation_error">> {
  const shown = { AND: [campaignsShownBy(view), { id: campaignId }] };
  if ((await db.campaign.count({ where: shown })) === 0) return noCampaign();
  const { status } = query;
  const of = listOf(view, campaignId, status);
  const walk = walkOf(of, query);
  if (!walk.ok) return walk;
  if (!status) {
    const rows = await emailsOf(campaignId, walk.value);
    const page = toPage(of, walk.value, rows);
    return ok({ ...page, rows: page.rows.map(toRecipient) });
  }
  const events = await eventsOf(campaignId, status, walk.value);
  const page = toPage(of, walk.value, events);
  return ok({ ...page, rows: await recipientsOf(page.rows.map(({ emailId }) => emailId)) });
}

async function emailsOf(campaignId: string, { where, orderBy, take }: Walk) {
  return await db.email.findMany({
    where: { campaignId, ...where },
    orderBy,
    take,
    select: recipientSelect,
  });
}

/** The first event of its type for each email, as the report counts unique ones. */
async function eventsOf(campaignId: string, type: RecipientStatus, walk: Walk) {
  const { where, orderBy, take } = walk;
  return await db.emailEvent.findMany({
    where: { campaignId, type, first: true, ...where },
    orderBy,
    take,
    select: { id: true, emailId: true },
  });
}

async function recipientsOf(emailIds: readonly string[]): Promise<Recipient[]> {
  const rows = await db.email.findMany({
    where: { id: { in: [...emailIds] } },
    select: recipientSelect,
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return emailIds.flatMap((id) => byId.get(id) ?? []).map(toRecipient);
}

type Row = {
  id: string;
  contactId: string | null;
  to: string[];
  status: EmailStatus;
  openedAt: Date | null;
  clickedAt: Date | null;
  createdAt: Date;
};

function toRecipient({ id, contactId, to, status, openedAt, clickedAt, createdAt }: Row) {
  return {
    object: "campaign_recipient" as const,
    id,
    contact_id: contactId,
    email: to[0] ?? "",
    status,
    opened_at: openedAt,
    clicked_at: clickedAt,
    created_at: createdAt,
  };
}

function listOf({ workspaceId, environment }: View, id: string, status = "all"): ListOf {
  return { list: `recipients of ${id}, ${status}`, workspaceId, environment };
}
