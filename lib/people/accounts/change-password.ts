import type { ChangePasswordInput } from "@/lib/people/accounts/schema";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { forgetBrowsers } from "@/lib/people/auth/known-browsers";
import { commonPasswordFailure, hashPassword } from "@/lib/people/auth/password";
import { endSessionsOf, openSession, type SessionClaims } from "@/lib/people/auth/session-store";
import { proveOwnPassword, type Throttled } from "@/lib/people/auth/sign-in";
import { transact } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

/**
 * Changes the actor's own password, ends all of their sessions and forgets their other browsers. It needs the
 * current password. The answer is a new session, for the browser that asked.
 */
export async function changePassword(
  actor: MemberActor,
  input: ChangePasswordInput,
  now: Date,
): Promise<Result<SessionClaims, "validation_error"> | Throttled> {
  const common = commonPasswordFailure("newPassword", input.newPassword);
  if (common) return common;
  const proven = await proveOwnPassword(actor.userId, input.currentPassword);
  if (!proven.ok) return proven.code === "throttled" ? proven : wrongPassword();
  const passwordHash = await hashPassword(input.newPassword);
  return await transact(async (tx) => {
    // The first of two changes at once raises the version; the second then proved an old password.
    const { count } = await tx.user.updateMany({
      where: { id: actor.userId, sessionVersion: proven.value.sessionVersion },
      data: { passwordHash },
    });
    if (count === 0) return wrongPassword();
    const sessionVersion = await endSessionsOf(tx, actor.userId, "password_changed", now);
    const target = { type: "member", id: actor.memberId, name: actor.name } as const;
    await recordAudit(tx, actor, { action: "account.password_changed", target }, now);
    // A new email that somebody else asked for would be their way back in.
    await tx.emailChange.deleteMany({ where: { userId: actor.userId } });
    await forgetBrowsers(tx, actor.userId, { kept: actor.browserId });
    return ok(await openSession(tx, { id: actor.userId, sessionVersion }, actor, now));
  });
}

function wrongPassword(): Failure<"validation_error"> {
  const message = "That is not your current password.";
  return fail("validation_error", message, { currentPassword: [message] });
}
