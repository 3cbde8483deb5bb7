"use server";

import { headers } from "next/headers";
import { requestFacts } from "@/lib/people/auth/request-facts";
import { HOME_PATH } from "@/lib/people/auth/safe-path";
import { enterWorkspace } from "@/lib/people/auth/session-cookie";
import { joinAsNewcomer, joinWithAccount } from "@/lib/people/members/join";
import { joinAsNewcomerInput, joinWithAccountInput } from "@/lib/people/members/schema";
import { now } from "@/lib/platform/clock";
import { invalidInput, ok } from "@/lib/platform/result";

/** Open to strangers on purpose: the invitation's token is what lets them in. */
export async function joinAsNewcomerAction(input: unknown) {
  const parsed = joinAsNewcomerInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await joinAsNewcomer(parsed.data, requestFacts(await headers()), now());
  if (!result.ok) return result;
  await enterWorkspace(result.value);
  return ok({ path: HOME_PATH });
}

/** Open to strangers on purpose: it takes the token and the password of the account invited. */
export async function joinWithAccountAction(input: unknown) {
  const parsed = joinWithAccountInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await joinWithAccount(parsed.data, requestFacts(await headers()), now());
  if (!result.ok) return result;
  await enterWorkspace(result.value);
  return ok({ path: HOME_PATH });
}
