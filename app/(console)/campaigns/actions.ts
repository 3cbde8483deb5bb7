"use server";

import { revalidatePath } from "next/cache";
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
import { getMemberTemplate } from "@/lib/mail/templates/member-templates";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";
import { invalidInput } from "@/lib/platform/result";

const PAGE = "/campaigns";

export async function createCampaignAction(input: unknown) {
  const actor = await requireActor();
  const parsed = campaignDraftInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await createMemberCampaign(actor, parsed.data, now());
  if (result.ok) revalidatePath(PAGE);
  return result;
}

export async function editCampaignAction(input: unknown) {
  const actor = await requireActor();
  const parsed = editCampaignInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await editMemberCampaign(actor, parsed.data, now());
  if (result.ok) revalidatePath(PAGE, "layout");
  return result;
}

export async function startCampaignAction(input: unknown) {
  const actor = await requireActor();
  const parsed = startCampaignInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await startMemberCampaign(actor, parsed.data, now());
  if (result.ok) revalidatePath(PAGE, "layout");
  return result;
}

export async function cancelCampaignAction(input: unknown) {
  const actor = await requireActor();
  const parsed = campaignIdInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await cancelMemberCampaign(actor, parsed.data, now());
  if (result.ok) revalidatePath(PAGE, "layout");
  return result;
}

export async function deleteCampaignAction(input: unknown) {
  const actor = await requireActor();
  const parsed = campaignIdInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await deleteMemberCampaign(actor, parsed.data, now());
  if (result.ok) revalidatePath(PAGE);
  return result;
}

export async function rehearseCampaignAction(input: unknown) {
  const actor = await requireActor();
  const parsed = campaignIdInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  return await rehearseCampaign(actor, parsed.data, now());
}

export async function previewAction(input: unknown) {
  const actor = await requireActor();
  const parsed = previewInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  return await previewMessage(actor, parsed.data, now());
}

export async function sendTestEmailAction(input: unknown) {
  const actor = await requireActor();
  const parsed = testEmailInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await sendTestEmail(actor, parsed.data, now());
  if (result.ok) revalidatePath("/emails", "layout");
  return result;
}

export async function templateTextsAction(input: unknown) {
  const actor = await requireActor();
  const parsed = campaignIdInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  return await getMemberTemplate(actor, parsed.data);
}
