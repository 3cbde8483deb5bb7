import { SESSION_IDLE_MS, SESSION_LIFE_MS } from "@/lib/people/auth/session-limits";
import type { SessionClaims } from "@/lib/people/auth/session-store";
import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";
import { reader, type Transaction } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";
import type { SessionEnd } from "@/prisma/generated/enums";

/** The sentence for the person in whose browser the session ended. */
const WORDS: Record<SessionEnd, string> = {
  unused: `You were signed out because this browser was not used for ${SESSION_IDLE_MS / HOUR_MS} hours.`,
  too_old: `You were signed out because a sign-in lasts ${SESSION_LIFE_MS / DAY_MS} days at most.`,
  signed_out: "You signed out.",
  signed_out_elsewhere: "You were signed out from another browser, on your account page.",
  signed_out_everywhere: "You signed out everywhere, which includes this browser.",
  password_changed: "Your password was changed in another browser. Sign in with the new one.",
  password_reset:
    "A new password was set with a link that was mailed to you. Sign in with the new one.",
  role_changed: "Your role in a workspace was changed. Sign in again to go on with the new one.",
  removed: "You were removed from a workspace. Sign in to go on in another one.",
  second_factor_reset: "Your second factor was reset. Sign in, and set up a new one.",
};

/** Ends that somebody else may have brought about who knows the password or reads the mails. */
const SUSPICIOUS: readonly SessionEnd[] = [
  "signed_out_elsewhere",
  "password_changed",
  "password_reset",
];

/**
 * Ends the sessions that `which` finds in the table `session`, and keeps why. Returns how many there were.
 * `which` is written here in the code, with the values as parameters.
 */
export async function endSessions(
  transaction: Transaction,
  which: Prisma.Sql,
  reason: SessionEnd,
  now: Date,
): Promise<number> {
  return await transaction.$executeRaw`
    WITH ended AS (DELETE FROM session WHERE ${which} RETURNING id, user_id)
    INSERT INTO ended_session (session_id, user_id, reason, ended_at)
    SELECT id, user_id, ${reason}::"SessionEnd", ${now} FROM ended
    ON CONFLICT (session_id) DO UPDATE SET reason = excluded.reason, ended_at = excluded.ended_at`;
}

/** Ends the sessions that were not used for too long, or are too old, and forgets ends that no cookie asks for. */
export async function endOldSessions(transaction: Transaction, now: Date): Promise<void> {
  const unused = Prisma.sql`last_seen_at <= ${later(now, -SESSION_IDLE_MS)}`;
  await endSessions(transaction, unused, "unused", now);
  const tooOld = Prisma.sql`created_at <= ${later(now, -SESSION_LIFE_MS)}`;
  await endSessions(transaction, tooOld, "too_old", now);
  const endedAt = { lte: later(now, -SESSION_LIFE_MS) };
  await transaction.endedSession.deleteMany({ where: { endedAt } });
}

/**
 * Why the session that `claims` name has ended, in a sentence for the person in that browser. Claims come from a
 * sealed cookie, so nobody else learns it. A session whose end is no longer known gets a sentence that blames nothing.
 */
export async function wordsForEnd(claims: SessionClaims, now: Date): Promise<string> {
  const reason = (await keptReason(claims)) ?? (await reasonOfAge(claims, now));
  if (!reason) return "Your session has ended. Sign in to go on.";
  const isSuspicious = SUSPICIOUS.includes(reason);
  return isSuspicious
    ? `${WORDS[reason]} If that was not you, choose “Forgot your password?” below.`
    : WORDS[reason];
}

async function keptReason({ sessionId, userId }: SessionClaims): Promise<SessionEnd | null> {
  const ended = await reader().endedSession.findFirst({
    where: { sessionId, userId },
    select: { reason: true },
  });
  return ended?.reason ?? null;
}

/** The end of a session that no job has taken away yet. */
async function reasonOfAge(
  { sessionId: id, userId }: SessionClaims,
  now: Date,
): Promise<SessionEnd | null> {
  const session = await reader().session.findFirst({
    where: { id, userId },
    select: { lastSeenAt: true, createdAt: true },
  });
  if (!session) return null;
  if (session.createdAt <= later(now, -SESSION_LIFE_MS)) return "too_old";
  return session.lastSeenAt <= later(now, -SESSION_IDLE_MS) ? "unused" : null;
}
