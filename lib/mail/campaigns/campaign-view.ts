import { z } from "zod";
import { CAMPAIGN_STATUSES } from "@/lib/mail/campaigns/schema";
import { listJson } from "@/lib/platform/paging/schema";
import type { Prisma } from "@/prisma/generated/client";

/** The columns a campaign is listed with; its texts may be long. */
export const campaignSummarySelect = {
  id: true,
  environment: true,
  name: true,
  from: true,
  replyTo: true,
  subject: true,
  audienceId: true,
  status: true,
  createdAt: true,
  updatedAt: true,
  scheduledAt: true,
  startedAt: true,
  finishedAt: true,
  recipients: true,
} as const;

/** All that a campaign is shown with. */
export const campaignSelect = { ...campaignSummarySelect, html: true, text: true } as const;

export type CampaignSummaryRow = Prisma.CampaignGetPayload<{
  select: typeof campaignSummarySelect;
}>;
export type CampaignRow = Prisma.CampaignGetPayload<{ select: typeof campaignSelect }>;

const instantOrNull = z.iso.datetime().nullable();

const summary = {
  object: z.literal("campaign"),
  id: z.string(),
  name: z.string(),
  status: z.enum(CAMPAIGN_STATUSES),
  audience_id: z.string(),
  /** The same, in the resend client's word. */
  segment_id: z.string(),
  from: z.string(),
  reply_to: z.array(z.string()),
  subject: z.string(),
  /** Emails made so far, the suppressed ones included. */
  recipients: z.int(),
  created_at: z.iso.datetime(),
  scheduled_at: instantOrNull,
  started_at: instantOrNull,
  /** When the last email was made, or the campaign canceled. */
  finished_at: instantOrNull,
};

/** A campaign as the API lists it. */
export const campaignSummaryJson = z.strictObject(summary);

/** A campaign as the API shows it. */
export const campaignJson = z.strictObject({ ...summary, html: z.string(), text: z.string() });

export const deletedCampaignJson = z.strictObject({
  object: z.literal("campaign"),
  id: z.string(),
  deleted: z.literal(true),
});

/** What a key that may only send learns of a campaign that it sent or canceled. */
export const campaignStateJson = campaignSummaryJson.pick({
  object: true,
  id: true,
  status: true,
  scheduled_at: true,
  started_at: true,
  finished_at: true,
});

export const campaignListJson = listJson(campaignSummaryJson);

/** The view of a stored campaign in a list. */
export function toCampaignSummary(row: CampaignSummaryRow) {
  return {
    object: "campaign" as const,
    id: row.id,
    name: row.name,
    status: row.status,
    audience_id: row.audienceId,
    segment_id: row.audienceId,
    from: row.from,
    reply_to: row.replyTo,
    subject: row.subject,
    recipients: row.recipients,
    created_at: row.createdAt,
    scheduled_at: row.scheduledAt,
    started_at: row.startedAt,
    finished_at: row.finishedAt,
  };
}

/** How far a campaign is. */
export function toCampaignState(row: CampaignSummaryRow) {
  const { object, id, status, scheduled_at, started_at, finished_at } = toCampaignSummary(row);
  return { object, id, status, scheduled_at, started_at, finished_at };
}

/** The view of a stored campaign. */
export function toCampaignView({ html, text, ...row }: CampaignRow) {
  return { ...toCampaignSummary(row), html, text };
}
