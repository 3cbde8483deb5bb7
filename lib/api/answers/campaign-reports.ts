import { z } from "zod";
import { listJson } from "@/lib/api/answers/page";
import { CAMPAIGN_STATUSES } from "@/lib/mail/campaigns/limits";
import type { Recipient } from "@/lib/mail/campaigns/recipients";
import { type CampaignReport, share } from "@/lib/mail/campaigns/report";
import { keptOr, standingOf } from "@/lib/mail/emails/email-row";
import { EMAIL_STATUSES } from "@/lib/mail/emails/limits";

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
  /** The number of emails made, one for each contact of the audience. */
  recipients: count,
  /** Those that the mail server took. */
  delivered: count,
  /** Those that stayed in the Outbox and reached nobody: of the test environment, or without a mail server. */
  kept: count,
  bounced: count,
  failed: count,
  suppressed: count,
  /** Those that did not go out since their contacts were deleted before. */
  canceled: count,
  /** The number of emails that have none of these outcomes yet. */
  waiting: count,
  unsubscribes: count,
  opens: uniqueAndTotal,
  clicks: uniqueAndTotal,
  /** What machines did and no person: pictures that mail services loaded, links that scanners checked. */
  machines: z.strictObject({ opens: count, clicks: count }),
  /**
   * The rates of delivery and bounces count all recipients, the others only those delivered or kept. A rate is null
   * where it would divide by none.
   */
  rates: z.strictObject({
    delivered: rate,
    bounced: rate,
    opened: rate,
    clicked: rate,
    unsubscribed: rate,
  }),
  links: z.array(z.strictObject({ url: z.string(), clicks: count, unique_clicks: count })),
  /** The first thirty days by hour. Hours without events are left out. */
  hours: z.array(
    z.strictObject({
      hour: z.iso.datetime(),
      delivered: count,
      kept: count,
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
  /** The id of the email. */
  id: z.string(),
  contact_id: z.string().nullable(),
  email: z.string(),
  /** The latest status of the email; “kept” where it stayed in the Outbox. */
  status: z.enum([...EMAIL_STATUSES, "kept"]),
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
    delivered: report.delivered - report.kept,
    rates: { ...report.rates, delivered: share(report.delivered - report.kept, report.recipients) },
    links: links.map(({ url, clicks, uniqueClicks }) => ({
      url,
      clicks,
      unique_clicks: uniqueClicks,
    })),
    hours: hours.map((counts) => ({
      hour: counts.hour,
      delivered: counts.delivered - counts.kept,
      kept: counts.kept,
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
    status: keptOr(standingOf(recipient.status), recipient.captured),
    opened_at: recipient.openedAt,
    clicked_at: recipient.clickedAt,
    created_at: recipient.createdAt,
  };
}
