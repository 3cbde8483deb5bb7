import { CAMPAIGN_NAME_MAX } from "@/lib/mail/campaigns/limits";
import type { CampaignDetails } from "@/lib/mail/campaigns/member-campaigns";
import type { CampaignDraftInput } from "@/lib/mail/campaigns/schema";
import type { Environment } from "@/prisma/generated/enums";

/** A new campaign, as its form starts. */
export function emptyDraft(environment: Environment): CampaignDraftInput {
  const nobody = { audienceId: "", from: "", replyTo: "" };
  return { name: "", ...nobody, subject: "", html: "", text: "", environment };
}

/** A campaign as its form shows it. */
export function draftOf(campaign: CampaignDetails): CampaignDraftInput {
  const { name, audience, from, replyTo, subject, html, text, environment } = campaign;
  const people = { audienceId: audience?.id ?? "", from, replyTo: replyTo.join(", ") };
  return { name, ...people, subject, html, text, environment };
}

/** A new campaign that says the same to the same people. */
export function copyOf(campaign: CampaignDetails): CampaignDraftInput {
  const name = `Copy of ${campaign.name}`.slice(0, CAMPAIGN_NAME_MAX);
  // Cutting may leave half of a character that takes two places.
  return { ...draftOf(campaign), name: name.replace(/[\uD800-\uDBFF]$/, "") };
}
