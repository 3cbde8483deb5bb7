"use server";

import { memberAction } from "@/lib/people/auth/member-action";
import type { RequestFacts } from "@/lib/people/auth/request-facts";
import { enter } from "@/lib/people/auth/session-cookie";
import { openAction } from "@/lib/people/auth/stranger-action";
import { confirmApp, startApp } from "@/lib/people/second-factor/authenticator-app";
import { confirmByCode } from "@/lib/people/second-factor/confirm-identity";
import { finishSignIn } from "@/lib/people/second-factor/finish-sign-in";
import { makeRecoveryCodes } from "@/lib/people/second-factor/recovery-codes";
import {
  codeInput,
  confirmAppInput,
  type FinishSignInInput,
  finishSignInInput,
  nothingInput,
} from "@/lib/people/second-factor/schema";
import { removeApp } from "@/lib/people/second-factor/turn-off";
import { ok } from "@/lib/platform/result";

const refresh = "/settings/account";

/** The token shows that the stranger gave the right password. */
export const finishSignInAction = openAction(finishSignInInput, finishSignInHere);

export const startAppAction = memberAction(nothingInput, (actor, _, now) => startApp(actor, now));

/** Nothing is refreshed while the page shows recovery codes, which are shown once. */
export const confirmAppAction = memberAction(confirmAppInput, confirmApp);

export const makeRecoveryCodesAction = memberAction(nothingInput, (actor, _, now) =>
  makeRecoveryCodes(actor, now),
);

export const removeAppAction = memberAction(
  nothingInput,
  (actor, _, now) => removeApp(actor, now),
  {
    refresh,
  },
);

export const confirmByCodeAction = memberAction(codeInput, confirmByCode);

async function finishSignInHere(input: FinishSignInInput, request: RequestFacts, now: Date) {
  const finished = await finishSignIn(input, request, now);
  if (!finished.ok) return finished;
  await enter(finished.value);
  return ok(null);
}
