import type { EndSessionInput } from "@/lib/people/accounts/schema";
import { firstValues } from "@/lib/people/audit/changes";
import { recordAccountEvent } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { browserName } from "@/lib/people/auth/browser-name";
import { endSessions } from "@/lib/people/auth/session-end";
import { SESSION_IDLE_MS, SESSION_LIFE_MS } from "@/lib/people/auth/session-limits";
import { later } from "@/lib/platform/clock";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import { fail, ok, type Result } from "@/lib/platform/result";
import { Prisma } from "@/prisma/generated/client";

/** More sessions than these are not listed; signing out everywhere ends all of them. */
const MOST_LISTED = 50;

/** A browser in which the actor is signed in. */
export type SessionRow = {
  id: string;
  browser: string;
  isPhone: boolean;
  address: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  /** Whether it is the browser that asks. */
  isThisOne: boolean;
};

/** The actor's living sessions: this one, then the one seen last. */
export async function listSessions(actor: MemberActor, now: Date): Promise<SessionRow[]> {
  const sessions = await reader().session.findMany({
    where: {
      userId: actor.userId,
      lastSeenAt: { gt: later(now, -SESSION_IDLE_MS) },
      createdAt: { gt: later(now, -SESSION_LIFE_MS) },
    },
    select: { id: true, address: true, userAgent: true, createdAt: true, lastSeenAt: true },
    orderBy: { lastSeenAt: "desc" },
    take: MOST_LISTED,
  });
  const rows = sessions.map(({ userAgent, ...session }) => {
    const { name, isPhone } = browserName(userAgent);
    return { ...session, browser: name, isPhone, isThisOne: session.id === actor.sessionId };
  });
  return rows.sort((one, other) => Number(other.isThisOne) - Number(one.isThisOne));
}

/**
 * Signs another browser of the actor out, and makes it a stranger to the account. `not_found` when it has been
 * signed out meanwhile.
 */
export async function endSession(
  actor: MemberActor,
  { sessionId: id }: EndSessionInput,
  now: Date,
): Promise<Result<null, "not_found">> {
  const { userId } = actor;
  return await transact(async (tx) => {
    const session = await tx.session.findFirst({
      where: { id, userId },
      select: { browserId: true, userAgent: true, address: true },
    });
    const which = Prisma.sql`id = ${id} AND user_id = ${userId}`;
    const count = await endSessions(tx, which, "signed_out_elsewhere", now);
    if (!session || count === 0) return fail("not_found", "That browser is signed out already.");
    const { browserId } = session;
    if (browserId && browserId !== actor.browserId) {
      await tx.knownBrowser.deleteMany({ where: { id: browserId, userId } });
    }
    const browser = browserName(session.userAgent).name;
    const changes = firstValues({ browser, address: session.address ?? undefined });
    const user = { id: userId, name: actor.name };
    await recordAccountEvent(tx, user, actor, { action: "account.session_ended", changes }, now);
    return ok(null);
  });
}
