"use server";

import { headers } from "next/headers";
import { signUpInput } from "@/lib/people/accounts/schema";
import { signUp } from "@/lib/people/accounts/sign-up";
import { requestFacts } from "@/lib/people/auth/request-facts";
import { HOME_PATH } from "@/lib/people/auth/safe-path";
import { enterWorkspace } from "@/lib/people/auth/session-cookie";
import { now } from "@/lib/platform/clock";
import { invalidInput, ok } from "@/lib/platform/result";

/** Open to strangers on purpose: it makes the first workspace, or answers that it may not. */
export async function signUpAction(input: unknown) {
  const parsed = signUpInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await signUp(parsed.data, requestFacts(await headers()), now());
  if (!result.ok) return result;
  await enterWorkspace(result.value);
  return ok({ path: HOME_PATH });
}
