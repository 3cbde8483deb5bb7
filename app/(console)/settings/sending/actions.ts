"use server";

import { revalidatePath } from "next/cache";
import { addDomain, removeDomain } from "@/lib/mail/sending-domains/member-domains";
import { addDomainInput, removeDomainInput } from "@/lib/mail/sending-domains/schema";
import { addSuppression, removeSuppression } from "@/lib/mail/suppressions/member-suppressions";
import { addSuppressionInput, removeSuppressionInput } from "@/lib/mail/suppressions/schema";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";
import { invalidInput } from "@/lib/platform/result";

const PAGE = "/settings/sending";

export async function addDomainAction(input: unknown) {
  const actor = await requireActor();
  const parsed = addDomainInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await addDomain(actor, parsed.data, now());
  revalidatePath(PAGE);
  return result;
}

export async function removeDomainAction(input: unknown) {
  const actor = await requireActor();
  const parsed = removeDomainInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await removeDomain(actor, parsed.data, now());
  revalidatePath(PAGE);
  return result;
}

export async function addSuppressionAction(input: unknown) {
  const actor = await requireActor();
  const parsed = addSuppressionInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await addSuppression(actor, parsed.data, now());
  revalidatePath(PAGE);
  return result;
}

export async function removeSuppressionAction(input: unknown) {
  const actor = await requireActor();
  const parsed = removeSuppressionInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await removeSuppression(actor, parsed.data, now());
  revalidatePath(PAGE);
  return result;
}
