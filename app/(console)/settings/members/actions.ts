"use server";

import { revalidatePath } from "next/cache";
import { removalFacts } from "@/lib/access/member-removal/removal-facts";
import { removeMember } from "@/lib/access/member-removal/remove-member";
import { requireActor } from "@/lib/people/auth/session";
import { writeSessionClaims } from "@/lib/people/auth/session-cookie";
import { changeRole } from "@/lib/people/members/change-role";
import { invite, revokeInvitation } from "@/lib/people/members/invite";
import {
  changeRoleInput,
  inviteInput,
  removalFactsInput,
  removeMemberInput,
  revokeInvitationInput,
} from "@/lib/people/members/schema";
import { now } from "@/lib/platform/clock";
import { invalidInput, ok } from "@/lib/platform/result";

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
