import { z } from "zod";
import { listJson } from "@/lib/api/answers/page";
import type { CampaignRow, CampaignSummaryRow } from "@/lib/mail/campaigns/campaign-row";
import { CAMPAIGN_STATUSES } from "@/lib/mail/campaigns/limits";
import { SET_ASIDE_WORDS } from "@/lib/mail/campaigns/words";
import { SetAsideFor } from "@/prisma/generated/enums";

const instantOrNull = z.iso.datetime().nullable();

const summary = {
  object: z.literal("campaign"),
  id: z.string(),
  name: z.string(),
  status: z.enum(CAMPAIGN_STATUSES),
  audience_id: z.string(),
  /** The audience's id under the resend client's name for it. */
  segment_id: z.string(),
  from: z.string(),
  reply_to: z.array(z.string()),
  subject: z.string(),
  /** The number of emails made so far, including the suppressed ones. */
  recipients: z.int(),
  created_at: z.iso.datetime(),
  scheduled_at: instantOrNull,
  started_at: instantOrNull,
  /** The instant the last email was made, or the campaign was canceled. */
  finished_at: instantOrNull,
  /** Why Postern gave up sending it, where it did: it is canceled then. */
  set_aside: z.strictObject({ code: z.enum(SetAsideFor), message: z.string() }).nullable(),
};

const campaignSummaryJson = z.strictObject(summary);

/** A campaign as the API shows it. */
export const campaignJson = z.strictObject({ ...summary, html: z.string(), text: z.string() });

/** A page of campaigns, without their texts. */
export const campaignListJson = listJson(campaignSummaryJson);

/** A deleted campaign. */
export const deletedCampaignJson = z.strictObject({
  object: z.literal("campaign"),
  id: z.string(),
  deleted: z.literal(true),
});

/** The state of a campaign that was sent or canceled, for a key that may only send. */
export const campaignStateJson = campaignSummaryJson.pick({
  object: true,
  id: true,
  status: true,
  scheduled_at: true,
  started_at: true,
  finished_at: true,
});

/** Shows a campaign in a list. */
export function toCampaignSummaryJson(row: CampaignSummaryRow) {
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
    set_aside: row.setAsideFor && {
      code: row.setAsideFor,
      message: SET_ASIDE_WORDS[row.setAsideFor],
    },
  };
}

/** Shows a campaign with its texts. */
export function toCampaignJson({ html, text, ...row }: CampaignRow) {
  return { ...toCampaignSummaryJson(row), html, text };
}

/** Shows the state of a campaign. */
export function toCampaignStateJson(row: CampaignSummaryRow) {
  const { object, id, status, scheduled_at, started_at, finished_at } = toCampaignSummaryJson(row);
  return { object, id, status, scheduled_at, started_at, finished_at };
}

/** Says that a draft was deleted. */
export function toDeletedCampaignJson(id: string) {
  return { object: "campaign" as const, id, deleted: true };
}
