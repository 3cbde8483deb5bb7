import type { ChangePasswordInput } from "@/lib/people/accounts/schema";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { commonPasswordFailure, hashPassword } from "@/lib/people/auth/password";
import { endSessionsOf, openSession, type SessionClaims } from "@/lib/people/auth/session-store";
import { proveIdentity, type Throttled } from "@/lib/people/auth/sign-in";
import { db } from "@/lib/platform/database/db";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

/**
 * Changes the actor's own password, which needs the current one, and ends all of their sessions. The
 * session in the answer is a new one for the browser that asked.
 */
export async function changePassword(
  actor: MemberActor,
  input: ChangePasswordInput,
  now: Date,
): Promise<Result<SessionClaims, "validation_error"> | Throttled> {
  const common = commonPasswordFailure("newPassword", input.newPassword);
  if (common) return common;
  const credentials = { email: actor.email, password: input.currentPassword };
  const proven = await proveIdentity(credentials, actor);
  if (!proven.ok) return proven.code === "throttled" ? proven : wrongPassword();
  const passwordHash = await hashPassword(input.newPassword);
  return await db.$transaction(async (tx) => {
    // Of two changes at once the second finds that its proof is out of date.
    const { count } = await tx.user.updateMany({
      where: { id: actor.userId, sessionVersion: proven.value.sessionVersion },
      data: { passwordHash },
    });
    if (count === 0) return wrongPassword();
    const sessionVersion = await endSessionsOf(tx, actor.userId);
    const target = { type: "member", id: actor.memberId, name: actor.name } as const;
    await recordAudit(tx, actor, { action: "account.password_changed", target }, now);
    return ok(await openSession(tx, { id: actor.userId, sessionVersion }, now));
  });
}

function wrongPassword(): Failure<"validation_error"> {
  const message = "That is not your current password.";
  return fail("validation_error", message, { currentPassword: [message] });
}
