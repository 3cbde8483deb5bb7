"use server";

import { revalidatePath } from "next/cache";
import {
  createMemberTemplate,
  deleteMemberTemplate,
  editMemberTemplate,
} from "@/lib/mail/templates/member-templates";
import {
  deleteTemplateInput,
  editTemplateInput,
  newTemplateInput,
} from "@/lib/mail/templates/schema";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";
import { invalidInput } from "@/lib/platform/result";

const PAGE = "/templates";

export async function createTemplateAction(input: unknown) {
  const actor = await requireActor();
  const parsed = newTemplateInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await createMemberTemplate(actor, parsed.data, now());
  revalidatePath(PAGE);
  return result;
}

export async function editTemplateAction(input: unknown) {
  const actor = await requireActor();
  const parsed = editTemplateInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await editMemberTemplate(actor, parsed.data, now());
  revalidatePath(PAGE, "layout");
  return result;
}

export async function deleteTemplateAction(input: unknown) {
  const actor = await requireActor();
  const parsed = deleteTemplateInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await deleteMemberTemplate(actor, parsed.data, now());
  revalidatePath(PAGE);
  return result;
}
