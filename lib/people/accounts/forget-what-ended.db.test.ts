import { expect, test } from "vitest";
import { forgetWhatEnded } from "@/lib/people/accounts/forget-what-ended";
import { BROWSER_LIFE_MS } from "@/lib/people/auth/known-browsers";
import { SESSION_IDLE_MS, SESSION_LIFE_MS } from "@/lib/people/auth/session-limits";
import { INVITATION_DAYS } from "@/lib/people/members/limits";
import { DAY_MS, HOUR_MS, later, now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenPerson } from "@/lib/testing/people";

const START = now();

test("a session goes when it ended, by disuse or by age, and not before", async () => {
  const { actor, claims } = await givenPerson();
  const { sessionId: id } = claims;
  const { createdAt } = await db().session.findUniqueOrThrow({ where: { id } });
  const isThere = async (at: Date) => {
    await forgetWhatEnded(at);
    return (await db().session.count({ where: { id } })) === 1;
  };
  expect(await isThere(later(createdAt, SESSION_IDLE_MS - 1))).toBe(true);
  const lastSeenAt = later(createdAt, SESSION_LIFE_MS - HOUR_MS);
  await db().session.update({ where: { id }, data: { lastSeenAt } });
  expect(await isThere(later(createdAt, SESSION_LIFE_MS - 1))).toBe(true);
  expect(await isThere(later(createdAt, SESSION_LIFE_MS))).toBe(false);
  await db().session.create({
    data: { id, userId: actor.userId, createdAt, lastSeenAt: createdAt },
  });
  expect(await isThere(later(createdAt, SESSION_IDLE_MS))).toBe(false);
});

test("a browser goes when nobody signed in with it for half a year", async () => {
  const { actor } = await givenPerson();
  const where = { userId: actor.userId };
  const { lastSeenAt } = await db().knownBrowser.findFirstOrThrow({ where });
  await forgetWhatEnded(later(lastSeenAt, BROWSER_LIFE_MS - 1));
  expect(await db().knownBrowser.count({ where })).toBe(1);
  await forgetWhatEnded(later(lastSeenAt, BROWSER_LIFE_MS));
  expect(await db().knownBrowser.count({ where })).toBe(0);
});

test("an invitation goes a month after it was used, was revoked, or expired", async () => {
  const { actor } = await givenPerson();
  const expiresAt = later(START, INVITATION_DAYS * DAY_MS);
  const ends = { used: { acceptedAt: START }, revoked: { revokedAt: START }, open: {} };
  for (const [id, end] of Object.entries(ends)) {
    const data = { email: "jo@example.com", role: "viewer", invitedBy: "Mara" } as const;
    const made = { createdAt: START, expiresAt, tokenHash: id, workspaceId: actor.workspaceId };
    await db().invitation.create({ data: { id: `inv_${id}`, ...data, ...made, ...end } });
  }
  const left = async (at: Date) => {
    await forgetWhatEnded(at);
    const rows = await db().invitation.findMany({ orderBy: { id: "asc" }, select: { id: true } });
    return rows.map(({ id }) => id);
  };
  expect(await left(later(START, 30 * DAY_MS - 1))).toEqual([
    "inv_open",
    "inv_revoked",
    "inv_used",
  ]);
  expect(await left(later(START, 30 * DAY_MS))).toEqual(["inv_open"]);
  expect(await left(later(expiresAt, 30 * DAY_MS))).toEqual([]);
});
