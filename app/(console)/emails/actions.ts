"use server";

import { revalidatePath } from "next/cache";
import { requireActor } from "@/lib/auth/session";
import { now } from "@/lib/clock";
import { cancelMemberEmail } from "@/lib/emails/scheduled-emails";
import { emailIdInput } from "@/lib/emails/schema";
import { invalidInput } from "@/lib/result";

export async function cancelEmailAction(input: unknown) {
  const actor = await requireActor();
  const parsed = emailIdInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await cancelMemberEmail(actor, parsed.data, now());
  if (result.ok) revalidatePath("/emails", "layout");
  return result;
}
