import { expect, test } from "vitest";
import { endSession, listSessions } from "@/lib/people/accounts/sessions";
import { signOutEverywhere } from "@/lib/people/accounts/sign-out-everywhere";
import { standingOf } from "@/lib/people/auth/known-browsers";
import { hashToken } from "@/lib/people/auth/link-token";
import { SESSION_IDLE_MS } from "@/lib/people/auth/session-limits";
import { findSession, touchSession } from "@/lib/people/auth/session-store";
import { signIn } from "@/lib/people/auth/sign-in";
import { later, MINUTE_MS, now } from "@/lib/platform/clock";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenPerson, type Person, TEST_REQUEST } from "@/lib/testing/people";

const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:145.0) Gecko/20100101 Firefox/145.0";
const ELSEWHERE = { address: "198.51.100.77", userAgent: FIREFOX, browserHash: null };

async function signedInElsewhere({ email, password }: Person) {
  const { claims, browserCookie } = mustWork(await signIn({ email, password }, ELSEWHERE, now()));
  return { claims, request: { ...ELSEWHERE, browserHash: hashToken(browserCookie ?? "") } };
}

test("the list says which browser, where and when, and which is this one", async () => {
  const person = await givenPerson();
  await signedInElsewhere(person);
  expect(await listSessions(person.actor, now())).toMatchObject([
    { isThisOne: true, address: TEST_REQUEST.address, browser: "An unknown browser" },
    { isThisOne: false, address: "198.51.100.77", browser: "Firefox on Windows", isPhone: false },
  ]);
});

test("the address is the one last seen", async () => {
  const { actor, claims } = await givenPerson();
  const at = later(now(), 2 * MINUTE_MS);
  const session = await findSession(claims, null, at);
  if (!session) throw new Error("The session is not alive.");
  await touchSession(session, { address: "192.0.2.200", userAgent: FIREFOX }, at);
  expect(await listSessions(actor, at)).toMatchObject([
    { address: "192.0.2.200", browser: "Firefox on Windows", lastSeenAt: at },
  ]);
});

test("another person's sessions and ended ones are not in it", async () => {
  const [person, other] = [await givenPerson(), await givenPerson()];
  await signedInElsewhere(other);
  expect(await listSessions(person.actor, now())).toHaveLength(1);
  expect(await listSessions(person.actor, later(now(), SESSION_IDLE_MS))).toEqual([]);
});

test("signing one out ends it, and its browser is a stranger again", async () => {
  const person = await givenPerson();
  const { claims, request } = await signedInElsewhere(person);
  expect(await standingOf(person.email, request)).toBe("browser");
  const { sessionId } = claims;
  expect(await endSession(person.actor, { sessionId }, now())).toMatchObject({ ok: true });
  expect(await findSession(claims, null, now())).toBeNull();
  expect(await findSession(person.claims, null, now())).not.toBeNull();
  expect(await standingOf(person.email, request)).toBe("stranger");
  expect(await endSession(person.actor, { sessionId }, now())).toMatchObject({ code: "not_found" });
});

test("nobody ends another person's session", async () => {
  const [person, other] = [await givenPerson(), await givenPerson()];
  const { sessionId } = other.claims;
  expect(await endSession(person.actor, { sessionId }, now())).toMatchObject({ code: "not_found" });
  expect(await findSession(other.claims, null, now())).not.toBeNull();
});

test("signing out everywhere makes every browser a stranger", async () => {
  const person = await givenPerson();
  const { request } = await signedInElsewhere(person);
  await signOutEverywhere(person.actor, now());
  expect(await standingOf(person.email, request)).toBe("stranger");
});
