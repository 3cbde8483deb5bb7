"use server";

import { revalidatePath } from "next/cache";
import { requireActor } from "@/lib/auth/session";
import { writeSessionClaims } from "@/lib/auth/session-cookie";
import { now } from "@/lib/clock";
import { changeRole } from "@/lib/members/change-role";
import { invite, revokeInvitation } from "@/lib/members/invite";
import { removalFacts } from "@/lib/members/list-members";
import { removeMember } from "@/lib/members/remove-member";
import {
  changeRoleInput,
  inviteInput,
  removalFactsInput,
  removeMemberInput,
  revokeInvitationInput,
} from "@/lib/members/schema";
import { invalidInput, ok } from "@/lib/result";

const PAGE = "/settings/members";

export async function inviteAction(input: unknown) {
  const actor = await requireActor();
  const parsed = inviteInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await invite(actor, parsed.data, now());
  revalidatePath(PAGE);
  return result;
}

export async function revokeInvitationAction(input: unknown) {
  const actor = await requireActor();
  const parsed = revokeInvitationInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await revokeInvitation(actor, parsed.data, now());
  revalidatePath(PAGE);
  return result;
}

export async function changeRoleAction(input: unknown) {
  const actor = await requireActor();
  const parsed = changeRoleInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await changeRole(actor, parsed.data, now());
  if (!result.ok) return result;
  if (result.value.renewed) await writeSessionClaims(result.value.renewed);
  revalidatePath(PAGE, "layout");
  return ok(null);
}

export async function removalFactsAction(input: unknown) {
  const actor = await requireActor();
  const parsed = removalFactsInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  return removalFacts(actor, parsed.data, now());
}

export async function removeMemberAction(input: unknown) {
  const actor = await requireActor();
  const parsed = removeMemberInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await removeMember(actor, parsed.data, now());
  revalidatePath(PAGE);
  return result;
}
