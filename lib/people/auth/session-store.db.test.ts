import { expect, test } from "vitest";
import { removeMember } from "@/lib/access/member-removal/remove-member";
import { signOutEverywhere } from "@/lib/people/accounts/sign-out-everywhere";
import { SESSION_IDLE_MS, SESSION_LIFE_MS } from "@/lib/people/auth/session-limits";
import {
  closeSession,
  findSession,
  openSession,
  type SessionClaims,
  touchSession,
} from "@/lib/people/auth/session-store";
import { openSessionToken, sealSessionToken } from "@/lib/people/auth/session-token";
import { changeRole } from "@/lib/people/members/change-role";
import { HOUR_MS, later, MINUTE_MS, now, SECOND_MS } from "@/lib/platform/clock";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { givenColleague } from "@/lib/testing/fixtures";
import { givenPerson, TEST_REQUEST } from "@/lib/testing/people";

const START = now();
const PLACE = { ...TEST_REQUEST, browserId: null };

async function givenSession(userId: string): Promise<SessionClaims> {
  return await transact((tx) => openSession(tx, { id: userId, sessionVersion: 1 }, PLACE, START));
}

async function isAlive(claims: SessionClaims, at = START): Promise<boolean> {
  return (await findSession(claims, null, at)) !== null;
}

async function lastSeen({ sessionId }: SessionClaims): Promise<Date> {
  return (await db().session.findUniqueOrThrow({ where: { id: sessionId } })).lastSeenAt;
}

async function use(claims: SessionClaims, at: Date): Promise<void> {
  const session = await findSession(claims, null, at);
  if (!session) throw new Error("The session is not alive.");
  await touchSession(session, TEST_REQUEST, at);
}

test("a session says who, in which workspace and as what", async () => {
  const { actor, claims } = await givenPerson();
  expect(await findSession(claims, null, now())).toMatchObject({
    sessionId: claims.sessionId,
    userId: actor.userId,
    memberId: actor.memberId,
    workspaceId: actor.workspaceId,
    workspaceName: actor.workspaceName,
    role: "owner",
    name: actor.name,
    email: actor.email,
  });
});

test("it ends after 12 hours without use, and use puts that off", async () => {
  const { actor } = await givenPerson();
  const claims = await givenSession(actor.userId);
  expect(await isAlive(claims, later(START, SESSION_IDLE_MS - SECOND_MS))).toBe(true);
  expect(await isAlive(claims, later(START, SESSION_IDLE_MS))).toBe(false);
  await use(claims, later(START, 11 * HOUR_MS));
  expect(await isAlive(claims, later(START, 22 * HOUR_MS))).toBe(true);
  expect(await isAlive(claims, later(START, 23 * HOUR_MS))).toBe(false);
});

test("it ends after 7 days however much it is used", async () => {
  const { actor } = await givenPerson();
  const claims = await givenSession(actor.userId);
  for (let at = 0; at < SESSION_LIFE_MS; at += 8 * HOUR_MS) await use(claims, later(START, at));
  expect(await isAlive(claims, later(START, SESSION_LIFE_MS - SECOND_MS))).toBe(true);
  expect(await isAlive(claims, later(START, SESSION_LIFE_MS))).toBe(false);
});

test("its use is written down at most once a minute", async () => {
  const { actor } = await givenPerson();
  const claims = await givenSession(actor.userId);
  await use(claims, later(START, MINUTE_MS - SECOND_MS));
  expect(await lastSeen(claims)).toEqual(START);
  await use(claims, later(START, MINUTE_MS));
  expect(await lastSeen(claims)).toEqual(later(START, MINUTE_MS));
});

test("signing out ends it, for a copy of its cookie too, and no other", async () => {
  const { actor } = await givenPerson();
  const [mine, other] = [await givenSession(actor.userId), await givenSession(actor.userId)];
  await closeSession(mine.sessionId, START);
  expect(await isAlive(mine)).toBe(false);
  expect(await isAlive(other)).toBe(true);
});

test("a raised session version ends it, even where its row is still there", async () => {
  const { actor } = await givenPerson();
  const claims = await givenSession(actor.userId);
  await db().user.updateMany({ where: { id: actor.userId }, data: { sessionVersion: 2 } });
  expect(await isAlive(claims)).toBe(false);
  expect(await isAlive({ ...claims, sessionVersion: 2 })).toBe(true);
});

test("signing out everywhere ends all of them at once", async () => {
  const { actor, claims } = await givenPerson();
  const other = await givenSession(actor.userId);
  await signOutEverywhere(actor, now());
  expect(await isAlive(claims)).toBe(false);
  expect(await isAlive(other)).toBe(false);
});

test("a changed role and a removal end it at once", async () => {
  const { actor: owner } = await givenPerson();
  const colleague = await givenColleague(owner, "marketer");
  const claims = await givenSession(colleague.userId);
  expect(await isAlive(claims)).toBe(true);
  await changeRole(owner, { memberId: colleague.memberId, role: "viewer" }, now());
  expect(await isAlive(claims)).toBe(false);

  const again = await transact((tx) =>
    openSession(tx, { id: colleague.userId, sessionVersion: 2 }, PLACE, START),
  );
  expect(await isAlive(again)).toBe(true);
  await removeMember(owner, { memberId: colleague.memberId, heirId: null }, now());
  expect(await isAlive(again)).toBe(false);
});

test("another person's id, or another session's, does not fit", async () => {
  const [one, other] = [await givenPerson(), await givenPerson()];
  expect(await isAlive({ ...one.claims, userId: other.actor.userId })).toBe(false);
  expect(await isAlive({ ...one.claims, sessionId: "ses_none" })).toBe(false);
});

test("the workspace asked for is opened only for its members", async () => {
  const [one, other] = [await givenPerson(), await givenPerson()];
  const foreign = await findSession(one.claims, other.actor.workspaceId, now());
  expect(foreign?.workspaceId).toBe(one.actor.workspaceId);
  await db().member.create({
    data: {
      id: `mem_${one.actor.userId}`,
      workspaceId: other.actor.workspaceId,
      userId: one.actor.userId,
      role: "viewer",
      createdAt: now(),
    },
  });
  const session = await findSession(one.claims, other.actor.workspaceId, now());
  expect(session).toMatchObject({ workspaceId: other.actor.workspaceId, role: "viewer" });
});

test("the cookie's token gives back its claims, and nothing else passes for one", async () => {
  const claims = { userId: "usr_1", sessionId: "ses_1", sessionVersion: 3 };
  const token = await sealSessionToken(claims);
  expect(await openSessionToken(token)).toEqual(claims);
  expect(await openSessionToken(`${token.slice(0, -3)}AAA`)).toBeNull();
  expect(await openSessionToken("not a token")).toBeNull();
});
