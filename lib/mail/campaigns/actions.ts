"use server";

import {
  cancelMemberCampaign,
  deleteMemberCampaign,
  startMemberCampaign,
} from "@/lib/mail/campaigns/member-campaign-steps";
import { createMemberCampaign, editMemberCampaign } from "@/lib/mail/campaigns/member-campaigns";
import { previewMessage } from "@/lib/mail/campaigns/preview";
import { rehearseCampaign } from "@/lib/mail/campaigns/rehearsal";
import {
  campaignDraftInput,
  campaignIdInput,
  editCampaignInput,
  previewInput,
  startCampaignInput,
  testEmailInput,
} from "@/lib/mail/campaigns/schema";
import { sendTestEmail } from "@/lib/mail/campaigns/test-email";
import { memberAction } from "@/lib/people/auth/member-action";

const refresh = "/campaigns";

export const createCampaignAction = memberAction(campaignDraftInput, createMemberCampaign, {
  refresh,
});

export const editCampaignAction = memberAction(editCampaignInput, editMemberCampaign, { refresh });

export const startCampaignAction = memberAction(startCampaignInput, startMemberCampaign, {
  refresh,
});

export const cancelCampaignAction = memberAction(campaignIdInput, cancelMemberCampaign, {
  refresh,
});

export const deleteCampaignAction = memberAction(campaignIdInput, deleteMemberCampaign, {
  refresh,
});

export const rehearseCampaignAction = memberAction(campaignIdInput, rehearseCampaign);

export const previewAction = memberAction(previewInput, previewMessage);

export const sendTestEmailAction = memberAction(testEmailInput, sendTestEmail, {
  refresh: "/emails",
});
