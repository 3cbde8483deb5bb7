"use server";

import { revalidatePath } from "next/cache";
import { audienceUse } from "@/lib/mail/audiences/audience-use";
import {
  countRule,
  createMemberAudience,
  deleteMemberAudience,
  editMemberAudience,
} from "@/lib/mail/audiences/member-audiences";
import {
  audienceUseInput,
  deleteAudienceInput,
  editAudienceInput,
  newAudienceInput,
  ruleCountInput,
} from "@/lib/mail/audiences/schema";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";
import { invalidInput } from "@/lib/platform/result";

const PAGE = "/audiences";

export async function createAudienceAction(input: unknown) {
  const actor = await requireActor();
  const parsed = newAudienceInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await createMemberAudience(actor, parsed.data, now());
  revalidatePath(PAGE);
  return result;
}

export async function editAudienceAction(input: unknown) {
  const actor = await requireActor();
  const parsed = editAudienceInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await editMemberAudience(actor, parsed.data, now());
  revalidatePath(PAGE, "layout");
  return result;
}

export async function deleteAudienceAction(input: unknown) {
  const actor = await requireActor();
  const parsed = deleteAudienceInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await deleteMemberAudience(actor, parsed.data, now());
  revalidatePath(PAGE);
  return result;
}

export async function audienceUseAction(input: unknown) {
  const actor = await requireActor();
  const parsed = audienceUseInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  return await audienceUse(actor, parsed.data);
}

export async function countRuleAction(input: unknown) {
  const actor = await requireActor();
  const parsed = ruleCountInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  return await countRule(actor, parsed.data, now());
}
