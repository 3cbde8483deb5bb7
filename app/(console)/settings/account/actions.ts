"use server";

import { changePassword } from "@/lib/people/accounts/change-password";
import { changePasswordInput } from "@/lib/people/accounts/schema";
import { signOutEverywhere } from "@/lib/people/accounts/sign-out-everywhere";
import { requireActor } from "@/lib/people/auth/session";
import { writeSessionClaims } from "@/lib/people/auth/session-cookie";
import { now } from "@/lib/platform/clock";
import { invalidInput, ok } from "@/lib/platform/result";

export async function changePasswordAction(input: unknown) {
  const actor = await requireActor();
  const parsed = changePasswordInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await changePassword(actor, parsed.data, now());
  if (!result.ok) return result;
  await writeSessionClaims(result.value);
  return ok(null);
}

export async function signOutEverywhereAction() {
  return await signOutEverywhere(await requireActor(), now());
}
