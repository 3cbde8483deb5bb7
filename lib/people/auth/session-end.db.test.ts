import { expect, test } from "vitest";
import { removeMember } from "@/lib/access/member-removal/remove-member";
import { changePassword } from "@/lib/people/accounts/change-password";
import { forgetWhatEnded } from "@/lib/people/accounts/forget-what-ended";
import { resetPassword } from "@/lib/people/accounts/reset-password";
import { endSession } from "@/lib/people/accounts/sessions";
import { signOutEverywhere } from "@/lib/people/accounts/sign-out-everywhere";
import { hashToken } from "@/lib/people/auth/link-token";
import { wordsForEnd } from "@/lib/people/auth/session-end";
import { SESSION_IDLE_MS, SESSION_LIFE_MS } from "@/lib/people/auth/session-limits";
import { closeSession } from "@/lib/people/auth/session-store";
import { changeRole } from "@/lib/people/members/change-role";
import { resetSecondFactorByEmail } from "@/lib/people/members/reset-second-factor";
import { DAY_MS, later, now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenOwner } from "@/lib/testing/fixtures";
import { givenPerson, type Person, TEST_REQUEST } from "@/lib/testing/people";
import { givenApp } from "@/lib/testing/second-factor";

const START = now();
const UNKNOWN = "Your session has ended. Sign in to go on.";
const NEW_PASSWORD = "another correct horse";

/** A marketer of the owner's workspace, signed in. */
async function givenMarketer() {
  const [owner, person] = [await givenOwner(), await givenPerson()];
  const { memberId } = person.actor;
  const data = { workspaceId: owner.workspaceId, role: "marketer" } as const;
  await db().member.updateMany({ where: { id: memberId }, data });
  return { owner, memberId, ...person };
}

async function resetByLink({ email }: Person): Promise<void> {
  const token = "t".repeat(43);
  await db().passwordReset.create({
    data: {
      id: email,
      email,
      tokenHash: hashToken(token),
      expiresAt: later(START, DAY_MS),
      createdAt: START,
    },
  });
  mustWork(await resetPassword({ token, newPassword: NEW_PASSWORD }, TEST_REQUEST, START));
}

type Marketer = Awaited<ReturnType<typeof givenMarketer>>;

const ENDS: [what: string, end: (person: Marketer) => Promise<unknown>, words: RegExp][] = [
  ["a sign-out", ({ claims }) => closeSession(claims.sessionId, START), /^You signed out\.$/],
  [
    "a sign-out from another browser",
    async ({ actor, claims: { sessionId } }) =>
      mustWork(await endSession(actor, { sessionId }, START)),
    /^You were signed out from another browser.*Forgot your password/,
  ],
  [
    "signing out everywhere",
    ({ actor }) => signOutEverywhere(actor, START),
    /^You signed out everywhere, which includes this browser\.$/,
  ],
  [
    "a new password",
    async ({ actor, password: currentPassword }) =>
      mustWork(await changePassword(actor, { currentPassword, newPassword: NEW_PASSWORD }, START)),
    /^Your password was changed.*If that was not you/,
  ],
  [
    "a new password by mail",
    resetByLink,
    /^A new password was set with a link.*If that was not you/,
  ],
  [
    "another role",
    async ({ owner, memberId }) =>
      mustWork(await changeRole(owner, { memberId, role: "viewer" }, START)),
    /^Your role in a workspace was changed\./,
  ],
  [
    "removal",
    async ({ owner, memberId }) =>
      mustWork(await removeMember(owner, { memberId, heirId: null }, START)),
    /^You were removed from a workspace\./,
  ],
  [
    "a second factor that was reset",
    async (person) => {
      await givenApp(person, START);
      mustWork(await resetSecondFactorByEmail(person.email, START));
    },
    /^Your second factor was reset\./,
  ],
];

test.each(ENDS)("its browser is told of %s", async (_, end, words) => {
  const person = await givenMarketer();
  expect(await wordsForEnd(person.claims, START)).toBe(UNKNOWN);
  await end(person);
  expect(await wordsForEnd(person.claims, START)).toMatch(words);
});

test("its browser is told that it was unused, or in use for long, before and after a job took it away", async () => {
  const { claims } = await givenPerson();
  const { sessionId: id } = claims;
  const { createdAt } = await db().session.findUniqueOrThrow({ where: { id } });
  const unused = /because this browser was not used for 12 hours/;
  const at = later(createdAt, SESSION_IDLE_MS);
  expect(await wordsForEnd(claims, at)).toMatch(unused);
  await forgetWhatEnded(at);
  expect(await wordsForEnd(claims, at)).toMatch(unused);

  const { claims: old } = await givenPerson();
  const end = later(START, SESSION_LIFE_MS + DAY_MS);
  await db().session.update({ where: { id: old.sessionId }, data: { lastSeenAt: end } });
  const tooOld = /because a sign-in lasts 7 days at most/;
  expect(await wordsForEnd(old, end)).toMatch(tooOld);
  await forgetWhatEnded(end);
  expect(await wordsForEnd(old, end)).toMatch(tooOld);
});

test("nobody is told of another person's session, and what no cookie asks for is forgotten", async () => {
  const [one, other] = [await givenPerson(), await givenPerson()];
  await signOutEverywhere(one.actor, START);
  expect(await wordsForEnd({ ...one.claims, userId: other.actor.userId }, START)).toBe(UNKNOWN);
  const where = { sessionId: one.claims.sessionId };
  await forgetWhatEnded(later(START, SESSION_LIFE_MS - 1));
  expect(await db().endedSession.count({ where })).toBe(1);
  await forgetWhatEnded(later(START, SESSION_LIFE_MS));
  expect(await db().endedSession.count({ where })).toBe(0);
});
