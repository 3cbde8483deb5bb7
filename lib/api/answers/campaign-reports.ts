import { z } from "zod";
import { listJson } from "@/lib/api/answers/page";
import type { Recipient } from "@/lib/mail/campaigns/recipients";
import type { CampaignReport } from "@/lib/mail/campaigns/report";
import { CAMPAIGN_STATUSES } from "@/lib/mail/campaigns/schema";
import { EmailStatus } from "@/prisma/generated/enums";

const count = z.int();
const rate = z.number().nullable();
const uniqueAndTotal = z.strictObject({ unique: count, total: count });
const instantOrNull = z.iso.datetime().nullable();

/** The report of a campaign as the API shows it. */
export const campaignReportJson = z.strictObject({
  object: z.literal("campaign_report"),
  id: z.string(),
  name: z.string(),
  status: z.enum(CAMPAIGN_STATUSES),
  /** Emails made: one for each contact of the audience. */
  recipients: count,
  delivered: count,
  bounced: count,
  failed: count,
  suppressed: count,
  /** Emails to which none of this has happened yet. */
  waiting: count,
  unsubscribes: count,
  opens: uniqueAndTotal,
  clicks: uniqueAndTotal,
  /** Delivery and bounces of all recipients; the others of those delivered. Null where there are none. */
  rates: z.strictObject({
    delivered: rate,
    bounced: rate,
    opened: rate,
    clicked: rate,
    unsubscribed: rate,
  }),
  links: z.array(z.strictObject({ url: z.string(), clicks: count, unique_clicks: count })),
  /** The first thirty days, hour by hour; hours in which nothing happened are left out. */
  hours: z.array(
    z.strictObject({
      hour: z.iso.datetime(),
      delivered: count,
      opens: count,
      unique_opens: count,
      clicks: count,
      unique_clicks: count,
      unsubscribes: count,
    }),
  ),
});

/** A campaign's email to one contact, as the API shows it. */
const recipientJson = z.strictObject({
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

/** A page of recipients. */
export const recipientListJson = listJson(recipientJson);

/** Shows the report of a campaign. */
export function toCampaignReportJson({ links, hours, ...report }: CampaignReport) {
  return {
    object: "campaign_report" as const,
    ...report,
    links: links.map(({ url, clicks, uniqueClicks }) => ({
      url,
      clicks,
      unique_clicks: uniqueClicks,
    })),
    hours: hours.map((counts) => ({
      hour: counts.hour,
      delivered: counts.delivered,
      opens: counts.opens,
      unique_opens: counts.uniqueOpens,
      clicks: counts.clicks,
      unique_clicks: counts.uniqueClicks,
      unsubscribes: counts.unsubscribes,
    })),
  };
}

/** Shows one recipient of a campaign. */
export function toRecipientJson(recipient: Recipient) {
  return {
    object: "campaign_recipient" as const,
    id: recipient.id,
    contact_id: recipient.contactId,
    email: recipient.email,
    status: recipient.status,
    opened_at: recipient.openedAt,
    clicked_at: recipient.clickedAt,
    created_at: recipient.createdAt,
  };
}
