import type { Prisma } from "@/prisma/generated/client";

/** The columns a campaign is listed with; its texts are left out, since they may be long. */
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
  setAsideFor: true,
  recipients: true,
} as const;

/** The columns of a whole campaign. */
export const campaignSelect = { ...campaignSummarySelect, html: true, text: true } as const;

/** A campaign without its texts. */
export type CampaignSummaryRow = Prisma.CampaignGetPayload<{
  select: typeof campaignSummarySelect;
}>;

/** A campaign as it is stored. */
export type CampaignRow = Prisma.CampaignGetPayload<{ select: typeof campaignSelect }>;
