"use server";

import { headers } from "next/headers";
import type { MemberActor } from "@/lib/people/auth/actor";
import { memberAction } from "@/lib/people/auth/member-action";
import type { RequestFacts } from "@/lib/people/auth/request-facts";
import { nothingInput } from "@/lib/people/auth/schema";
import { factorKindsOf, needsConfirmation } from "@/lib/people/auth/second-factor";
import { enter } from "@/lib/people/auth/session-cookie";
import { openAction } from "@/lib/people/auth/stranger-action";
import { addPasskey, startPasskey } from "@/lib/people/second-factor/add-passkey";
import { confirmApp, startApp } from "@/lib/people/second-factor/authenticator-app";
import { confirmByCode, confirmByPasskey } from "@/lib/people/second-factor/confirm-identity";
import {
  askPasskey,
  finishSignIn,
  finishWithPasskey,
} from "@/lib/people/second-factor/finish-sign-in";
import { startPasskeyProof } from "@/lib/people/second-factor/prove-passkey";
import { makeRecoveryCodes } from "@/lib/people/second-factor/recovery-codes";
import {
  type AddPasskeyInput,
  addPasskeyInput,
  codeInput,
  confirmAppInput,
  type FinishSignInInput,
  type FinishWithPasskeyInput,
  finishSignInInput,
  finishWithPasskeyInput,
  type PasskeyAnswer,
  passkeyAnswer,
  removePasskeyInput,
  type SignInTokenInput,
  signInTokenInput,
} from "@/lib/people/second-factor/schema";
import { siteOf } from "@/lib/people/second-factor/site";
import { removeApp, removePasskey } from "@/lib/people/second-factor/turn-off";
import { fail, ok } from "@/lib/platform/result";

const refresh = "/settings/account";
/** Members who must set up a second factor first may do that much. */
const settingUp = true;

/** The token shows that the stranger gave the right password. */
export const finishSignInAction = openAction(finishSignInInput, finishSignInHere);

/** The token shows that the stranger gave the right password. */
export const askPasskeyAction = openAction(signInTokenInput, askPasskeyHere);

/** The token shows that the stranger gave the right password. */
export const finishWithPasskeyAction = openAction(finishWithPasskeyInput, finishWithPasskeyHere);

export const startPasskeyAction = memberAction(nothingInput, startPasskeyHere, { settingUp });

/** Nothing is refreshed while the page shows recovery codes, which are shown once. */
export const addPasskeyAction = memberAction(addPasskeyInput, addPasskeyHere, { settingUp });

export const removePasskeyAction = memberAction(removePasskeyInput, removePasskey, { refresh });

export const startAppAction = memberAction(nothingInput, (actor, _, now) => startApp(actor, now), {
  settingUp,
});

/** Nothing is refreshed while the page shows recovery codes, which are shown once. */
export const confirmAppAction = memberAction(confirmAppInput, confirmApp, { settingUp });

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

/** Whether the second factor is to be given before an export, which is a page load and cannot ask. */
export const checkConfirmationAction = memberAction(
  nothingInput,
  async (actor, _, now) => needsConfirmation(actor, now) ?? ok(null),
);

export const ownFactorKindsAction = memberAction(nothingInput, ownFactorKinds);

export const confirmByCodeAction = memberAction(codeInput, confirmByCode);

export const askOwnPasskeyAction = memberAction(nothingInput, askOwnPasskeyHere);

export const confirmByPasskeyAction = memberAction(passkeyAnswer, confirmByPasskeyHere);

async function ownFactorKinds({ userId }: MemberActor) {
  const kinds = await factorKindsOf(userId);
  return kinds
    ? ok(kinds)
    : fail("no_second_factor", "Your account has no second factor any more.");
}

async function startPasskeyHere(actor: MemberActor, _: unknown, now: Date) {
  return await startPasskey(actor, siteOf(await headers()), now);
}

async function addPasskeyHere(actor: MemberActor, input: AddPasskeyInput, now: Date) {
  return await addPasskey(actor, input, siteOf(await headers()), now);
}

async function askOwnPasskeyHere(actor: MemberActor, _: unknown, now: Date) {
  return ok(await startPasskeyProof(actor.userId, siteOf(await headers()), now));
}

async function confirmByPasskeyHere(actor: MemberActor, answer: PasskeyAnswer, now: Date) {
  return await confirmByPasskey(actor, answer, siteOf(await headers()), now);
}

async function askPasskeyHere(input: SignInTokenInput, _: RequestFacts, now: Date) {
  return await askPasskey(input, siteOf(await headers()), now);
}

async function finishWithPasskeyHere(
  input: FinishWithPasskeyInput,
  request: RequestFacts,
  now: Date,
) {
  const finished = await finishWithPasskey(input, siteOf(await headers()), request, now);
  if (!finished.ok) return finished;
  await enter(finished.value);
  return ok(null);
}

async function finishSignInHere(input: FinishSignInInput, request: RequestFacts, now: Date) {
  const finished = await finishSignIn(input, request, now);
  if (!finished.ok) return finished;
  await enter(finished.value);
  return ok(null);
}
