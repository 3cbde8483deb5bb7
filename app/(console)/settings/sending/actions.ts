"use server";

import { revalidatePath } from "next/cache";
import { requireActor } from "@/lib/auth/session";
import { now } from "@/lib/clock";
import { invalidInput } from "@/lib/result";
import { addDomain, removeDomain } from "@/lib/sending-domains/member-domains";
import { addDomainInput, removeDomainInput } from "@/lib/sending-domains/schema";
import { addSuppression, removeSuppression } from "@/lib/suppressions/member-suppressions";
import { addSuppressionInput, removeSuppressionInput } from "@/lib/suppressions/schema";

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
