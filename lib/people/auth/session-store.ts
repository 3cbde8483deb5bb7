import { rememberBrowser } from "@/lib/people/auth/known-browsers";
import type { RequestFacts } from "@/lib/people/auth/request-facts";
import { storeConfirmation } from "@/lib/people/auth/second-factor";
import { endSessions } from "@/lib/people/auth/session-end";
import { SESSION_IDLE_MS, SESSION_LIFE_MS } from "@/lib/people/auth/session-limits";
import { later, MINUTE_MS } from "@/lib/platform/clock";
import { reader, type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { Prisma } from "@/prisma/generated/client";
import type { Role, SessionEnd } from "@/prisma/generated/enums";

const SEEN_EVERY_MS = MINUTE_MS;

/** The content of a session cookie. It proves nothing until `findSession` has compared it with the database. */
export type SessionClaims = { userId: string; sessionId: string; sessionVersion: number };

/** A new session. `browserCookie` is to be kept by its browser; null when the browser has one. */
export type Opened = { claims: SessionClaims; browserCookie: string | null };

/** A new session, and the workspace that the browser opens with it. */
export type Entry = Opened & { workspaceId: string };

/** The browser that a session is opened in. */
export type SessionPlace = Pick<LiveSession, "browserId"> &
  Pick<RequestFacts, "address" | "userAgent">;

/** A living session and the membership it acts under. */
export type LiveSession = {
  sessionId: string;
  browserId: string | null;
  hasSecondFactor: boolean;
  /** Whether the workspace wants a second factor of everybody who signs in since then. */
  needsSecondFactor: boolean;
  confirmedAt: Date | null;
  lastSeenAt: Date;
  userId: string;
  name: string;
  email: string;
  memberId: string;
  role: Role;
  workspaceId: string;
  workspaceName: string;
};

/**
 * Lets a person in who has just proven who they are: remembers the browser, and opens a session in it.
 * `secondFactorGiven` says that they gave their second factor as well.
 */
export async function letIn(
  transaction: Transaction,
  user: { id: string; sessionVersion: number },
  request: RequestFacts,
  now: Date,
  { secondFactorGiven = false } = {},
): Promise<Opened> {
  const { browserId, cookie } = await rememberBrowser(transaction, user.id, request, now);
  const claims = await openSession(transaction, user, { ...request, browserId }, now);
  if (secondFactorGiven) {
    await storeConfirmation(transaction, { sessionId: claims.sessionId, browserId }, now);
  }
  return { claims, browserCookie: cookie };
}

/** Opens a session under a new id, in a browser that the account knows. */
export async function openSession(
  transaction: Transaction,
  user: { id: string; sessionVersion: number },
  { address, userAgent, browserId }: SessionPlace,
  now: Date,
): Promise<SessionClaims> {
  const sessionId = newId("ses", now);
  const place = { address, userAgent, browserId };
  await transaction.session.create({
    data: { id: sessionId, userId: user.id, createdAt: now, lastSeenAt: now, ...place },
  });
  return { userId: user.id, sessionId, sessionVersion: user.sessionVersion };
}

/**
 * The living session that `claims` name, in the wanted workspace when the person is a member of it, else in
 * the one they joined first. Null when it was signed out, unused for 12 h, 7 days old or ended by a raised
 * session version, and when the person is no longer a member anywhere. One query decides all of it.
 */
export async function findSession(
  claims: SessionClaims,
  wantedWorkspaceId: string | null,
  now: Date,
): Promise<LiveSession | null> {
  const rows = await reader().$queryRaw<LiveSession[]>`
    SELECT s.id AS "sessionId", s.browser_id AS "browserId",
      s.confirmed_at AS "confirmedAt",
      EXISTS (SELECT 1 FROM authenticator_app a WHERE a.user_id = u.id)
        OR EXISTS (SELECT 1 FROM passkey p WHERE p.user_id = u.id) AS "hasSecondFactor",
      COALESCE(s.created_at >= w.second_factor_required_at, false) AS "needsSecondFactor",
      s.last_seen_at AS "lastSeenAt", u.id AS "userId", u.name, u.email,
      m.id AS "memberId", m.role::text AS role, w.id AS "workspaceId", w.name AS "workspaceName"
    FROM session s
    JOIN app_user u ON u.id = s.user_id
    JOIN member m ON m.user_id = u.id
    JOIN workspace w ON w.id = m.workspace_id
    WHERE s.id = ${claims.sessionId}
      AND u.id = ${claims.userId}
      AND u.session_version = ${claims.sessionVersion}
      AND s.last_seen_at > ${later(now, -SESSION_IDLE_MS)}
      AND s.created_at > ${later(now, -SESSION_LIFE_MS)}
    ORDER BY (m.workspace_id = ${wantedWorkspaceId ?? ""}) DESC, m.created_at, m.id
    LIMIT 1`;
  return rows[0] ?? null;
}

/** Stores that the session was used, and where, at most once a minute. */
export async function touchSession(
  session: { sessionId: string; lastSeenAt: Date },
  { address, userAgent }: Pick<RequestFacts, "address" | "userAgent">,
  now: Date,
): Promise<void> {
  const due = later(now, -SEEN_EVERY_MS);
  if (session.lastSeenAt > due) return;
  await transact((tx) =>
    tx.session.updateMany({
      where: { id: session.sessionId, lastSeenAt: { lte: due } },
      data: { lastSeenAt: now, address, userAgent },
    }),
  );
}

/** Ends one session. A copy of its cookie stops working too. */
export async function closeSession(sessionId: string, now: Date): Promise<void> {
  await transact((tx) => endSessions(tx, Prisma.sql`id = ${sessionId}`, "signed_out", now));
}

/**
 * Ends all sessions of a person for this reason, at once and in every browser. Answers the version that new ones must
 * carry.
 */
export async function endSessionsOf(
  transaction: Transaction,
  userId: string,
  reason: SessionEnd,
  now: Date,
): Promise<number> {
  await endSessions(transaction, Prisma.sql`user_id = ${userId}`, reason, now);
  const user = await transaction.user.update({
    where: { id: userId },
    data: { sessionVersion: { increment: 1 } },
    select: { sessionVersion: true },
  });
  return user.sessionVersion;
}
