import { DELETED_EMAIL, isDeletedMailbox } from "@/lib/mail/address/deleted-contact";
import { campaignsShownBy, noCampaign } from "@/lib/mail/campaigns/campaigns";
import type { ListRecipientsQuery, RecipientStatus } from "@/lib/mail/campaigns/schema";
import type { View } from "@/lib/people/auth/view";
import { reader } from "@/lib/platform/database/unit-of-work";
import { type PageRequestById, requestPageById, toPageById } from "@/lib/platform/paging/by-id";
import type { List } from "@/lib/platform/paging/cursor";
import type { Page } from "@/lib/platform/paging/page";
import { ok, type Result } from "@/lib/platform/result";
import type { EmailStatus } from "@/prisma/generated/enums";

const recipientSelect = {
  id: true,
  contactId: true,
  to: true,
  status: true,
  captured: true,
  openedAt: true,
  clickedAt: true,
  createdAt: true,
} as const;

/** One recipient of a campaign; `id` is the id of the email it gets. */
export type Recipient = {
  id: string;
  contactId: string | null;
  email: string;
  /** The status of that email. */
  status: EmailStatus;
  /** Whether that email was kept on this machine instead of being sent. */
  captured: boolean;
  openedAt: Date | null;
  clickedAt: Date | null;
  createdAt: Date;
};

/**
 * A page of the recipients of a campaign the view shows, newest first. With a status it lists the recipients
 * whose email had that event, the latest first, as many in all as the report counts. Fails with
 * `validation_error` for a cursor that leads nowhere.
 */
export async function listCampaignRecipients(
  view: View,
  campaignId: string,
  query: ListRecipientsQuery,
): Promise<Result<Page<Recipient>, "not_found" | "validation_error">> {
  const shown = { AND: [campaignsShownBy(view), { id: campaignId }] };
  if ((await reader().campaign.count({ where: shown })) === 0) return noCampaign();
  const { status } = query;
  const request = await requestPageById(listOf(view, campaignId, status), query);
  if (!request.ok) return request;
  if (!status) {
    const page = toPageById(request.value, await emailsOf(campaignId, request.value));
    return ok({ ...page, rows: page.rows.map(toRecipient) });
  }
  const page = toPageById(request.value, await eventsOf(campaignId, status, request.value));
  return ok({ ...page, rows: await recipientsOf(page.rows.map(({ emailId }) => emailId)) });
}

/** How many recipients the pages of `listCampaignRecipients` have together. */
export async function countCampaignRecipients(
  campaignId: string,
  status: RecipientStatus | undefined,
): Promise<number> {
  if (!status) return await reader().email.count({ where: { campaignId } });
  return await reader().emailEvent.count({ where: { campaignId, type: status, first: true } });
}

async function emailsOf(campaignId: string, { where, orderBy, take }: PageRequestById) {
  return await reader().email.findMany({
    where: { campaignId, ...where },
    orderBy,
    take,
    select: recipientSelect,
  });
}

/** A page of the first events of a type, one for each email, as the report counts unique ones. */
async function eventsOf(campaignId: string, type: RecipientStatus, request: PageRequestById) {
  const { where, orderBy, take } = request;
  return await reader().emailEvent.findMany({
    where: { campaignId, type, first: true, ...where },
    orderBy,
    take,
    select: { id: true, emailId: true },
  });
}

async function recipientsOf(emailIds: readonly string[]): Promise<Recipient[]> {
  const rows = await reader().email.findMany({
    where: { id: { in: [...emailIds] } },
    select: recipientSelect,
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return emailIds.flatMap((id) => byId.get(id) ?? []).map(toRecipient);
}

function toRecipient({ to, ...row }: Omit<Recipient, "email"> & { to: string[] }): Recipient {
  const [mailbox = ""] = to;
  return { ...row, email: isDeletedMailbox(mailbox) ? DELETED_EMAIL : mailbox };
}

function listOf({ workspaceId, environment }: View, id: string, status = "all"): List {
  return { name: `recipients of ${id}, ${status}`, workspaceId, environment };
}
