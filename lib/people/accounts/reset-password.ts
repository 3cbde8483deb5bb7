import type { ResetPasswordInput } from "@/lib/people/accounts/schema";
import { recordAccountEvent } from "@/lib/people/audit/record";
import {
  forgetBrowsers,
  type RememberedBrowser,
  rememberBrowser,
} from "@/lib/people/auth/known-browsers";
import { hashToken } from "@/lib/people/auth/link-token";
import { commonPasswordFailure, hashPassword } from "@/lib/people/auth/password";
import type { RequestFacts } from "@/lib/people/auth/request-facts";
import { endSessionsOf } from "@/lib/people/auth/session-store";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import { fail, ok, type Result } from "@/lib/platform/result";

/** The email that a link to a new password is for. Null for a link that was used, has expired or never was. */
export async function emailOfResetLink(token: string, now: Date): Promise<string | null> {
  const reset = await reader().passwordReset.findFirst({
    where: { tokenHash: hashToken(token), expiresAt: { gt: now } },
    select: { email: true },
  });
  return reset?.email ?? null;
}

/**
 * Sets the password of the person whom the link was mailed to, and ends all of their sessions and other links.
 * The account then knows the browser that used the link and no other, so that somebody who guesses at it does
 * not keep them out. The link works once: of two uses at the same time, one gets `link_gone`.
 */
export async function resetPassword(
  { token, newPassword }: ResetPasswordInput,
  request: RequestFacts,
  now: Date,
): Promise<Result<RememberedBrowser, "link_gone" | "validation_error">> {
  const common = commonPasswordFailure("newPassword", newPassword);
  if (common) return common;
  const email = await emailOfResetLink(token, now);
  if (!email) return linkGone();
  const passwordHash = await hashPassword(newPassword);
  return await transact(async (tx) => {
    const { count } = await tx.passwordReset.deleteMany({
      where: { tokenHash: hashToken(token), expiresAt: { gt: now } },
    });
    const user = await tx.user.findUnique({
      where: { email },
      select: { id: true, name: true },
    });
    if (count === 0 || !user) return linkGone();
    await tx.passwordReset.deleteMany({ where: { email } });
    await tx.user.update({ where: { id: user.id }, data: { passwordHash } });
    await endSessionsOf(tx, user.id, "password_reset", now);
    await forgetBrowsers(tx, user.id);
    await tx.emailChange.deleteMany({ where: { userId: user.id } });
    await recordAccountEvent(tx, user, request, { action: "account.password_reset" }, now);
    return ok(await rememberBrowser(tx, user.id, request, now));
  });
}

function linkGone() {
  return fail("link_gone", "This link has been used or has expired. Ask for a new one.");
}
