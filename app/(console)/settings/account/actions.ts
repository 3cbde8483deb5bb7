"use server";

import { changePassword } from "@/lib/accounts/change-password";
import { changePasswordInput } from "@/lib/accounts/schema";
import { signOutEverywhere } from "@/lib/accounts/sign-out-everywhere";
import { requireActor } from "@/lib/auth/session";
import { writeSessionClaims } from "@/lib/auth/session-cookie";
import { now } from "@/lib/clock";
import { invalidInput, ok } from "@/lib/result";

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
