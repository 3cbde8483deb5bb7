"use server";

import { revalidatePath } from "next/cache";
import { cancelMemberEmail } from "@/lib/mail/emails/scheduled-emails";
import { emailIdInput } from "@/lib/mail/emails/schema";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";
import { invalidInput } from "@/lib/platform/result";

export async function cancelEmailAction(input: unknown) {
  const actor = await requireActor();
  const parsed = emailIdInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await cancelMemberEmail(actor, parsed.data, now());
  if (result.ok) revalidatePath("/emails", "layout");
  return result;
}
