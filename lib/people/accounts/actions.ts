"use server";

import { cookies, headers } from "next/headers";
import { changePassword } from "@/lib/people/accounts/change-password";
import { changeProfile } from "@/lib/people/accounts/change-profile";
import { confirmEmail } from "@/lib/people/accounts/confirm-email";
import { requestPasswordReset } from "@/lib/people/accounts/request-password-reset";
import { resetPassword } from "@/lib/people/accounts/reset-password";
import {
  type ChangePasswordInput,
  type ChooseWorkspaceInput,
  changePasswordInput,
  chooseWorkspaceInput,
  confirmEmailInput,
  endSessionInput,
  forgotPasswordInput,
  profileInput,
  type ResetPasswordInput,
  resetPasswordInput,
  signUpInput,
} from "@/lib/people/accounts/schema";
import { endSession } from "@/lib/people/accounts/sessions";
import { signOutEverywhere } from "@/lib/people/accounts/sign-out-everywhere";
import { signUp } from "@/lib/people/accounts/sign-up";
import { chooseWorkspace } from "@/lib/people/accounts/workspaces";
import type { MemberActor } from "@/lib/people/auth/actor";
import { memberAction } from "@/lib/people/auth/member-action";
import { isHttps, type RequestFacts } from "@/lib/people/auth/request-facts";
import { HOME_PATH } from "@/lib/people/auth/safe-path";
import { requireActor } from "@/lib/people/auth/session";
import {
  writeActiveWorkspace,
  writeBrowserCookie,
  writeSessionClaims,
} from "@/lib/people/auth/session-cookie";
import { openAction, strangerAction } from "@/lib/people/auth/stranger-action";
import { now } from "@/lib/platform/clock";
import { ok } from "@/lib/platform/result";
import { THEME_COOKIE, type ThemeInput, themeInput } from "@/lib/platform/theme";

const A_YEAR_SECONDS = 365 * 24 * 60 * 60;

export const signUpAction = strangerAction(signUpInput, signUp);

export const forgotPasswordAction = openAction(forgotPasswordInput, requestPasswordReset);

/** The link's token shows that the stranger reads the mail of the account. */
export const resetPasswordAction = openAction(resetPasswordInput, resetPasswordHere);

export const changePasswordAction = memberAction(changePasswordInput, changePasswordHere);

/** Every page shows the name. */
export const changeProfileAction = memberAction(profileInput, changeProfile, { refresh: "/" });

/** The link's token shows that the stranger reads the mail of the new email. */
export const confirmEmailAction = openAction(confirmEmailInput, confirmEmail);

export const endSessionAction = memberAction(endSessionInput, endSession, {
  refresh: "/settings/account",
});

export const switchWorkspaceAction = memberAction(chooseWorkspaceInput, openWorkspaceHere);

export const setThemeAction = memberAction(themeInput, rememberThemeHere);

/** It takes no input, so there is nothing to check. */
export async function signOutEverywhereAction() {
  return await signOutEverywhere(await requireActor(), now());
}

/** A new password ends every session of the member, so this browser gets a new one. */
async function changePasswordHere(actor: MemberActor, input: ChangePasswordInput, now: Date) {
  const changed = await changePassword(actor, input, now);
  if (!changed.ok) return changed;
  await writeSessionClaims(changed.value);
  return ok(null);
}

/** Nobody is signed in by a link, but the account knows this browser from then on. */
async function resetPasswordHere(input: ResetPasswordInput, request: RequestFacts, now: Date) {
  const reset = await resetPassword(input, request, now);
  if (!reset.ok) return reset;
  await writeBrowserCookie(reset.value.cookie);
  return ok(null);
}

async function openWorkspaceHere(actor: MemberActor, input: ChooseWorkspaceInput) {
  const chosen = await chooseWorkspace(actor, input);
  if (!chosen.ok) return chosen;
  await writeActiveWorkspace(chosen.value.workspaceId);
  return ok({ path: HOME_PATH });
}

async function rememberThemeHere(_actor: MemberActor, { theme }: ThemeInput) {
  const secure = isHttps(await headers());
  const options = { maxAge: A_YEAR_SECONDS, sameSite: "lax", httpOnly: true, secure } as const;
  (await cookies()).set(THEME_COOKIE, theme, options);
  return ok(theme);
}
