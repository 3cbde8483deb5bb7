"use server";

import { revalidatePath } from "next/cache";
import { requireActor } from "@/lib/auth/session";
import {
  cancelMemberCampaign,
  deleteMemberCampaign,
  startMemberCampaign,
} from "@/lib/campaigns/member-campaign-steps";
import { createMemberCampaign, editMemberCampaign } from "@/lib/campaigns/member-campaigns";
import { previewMessage } from "@/lib/campaigns/preview";
import { rehearseCampaign } from "@/lib/campaigns/rehearsal";
import {
  campaignDraftInput,
  campaignIdInput,
  editCampaignInput,
  previewInput,
  startCampaignInput,
  testEmailInput,
} from "@/lib/campaigns/schema";
import { sendTestEmail } from "@/lib/campaigns/test-email";
import { now } from "@/lib/clock";
import { invalidInput } from "@/lib/result";
import { getMemberTemplate } from "@/lib/templates/member-templates";

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
