import { expect, test } from "vitest";
import { findSession } from "@/lib/people/auth/session-store";
import { proveIdentity, signIn } from "@/lib/people/auth/sign-in";
import {
  SignInThrottle,
  TRIES_PER_ACCOUNT,
  TRIES_PER_ADDRESS,
} from "@/lib/people/auth/sign-in-throttle";
import { now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenPerson, TEST_REQUEST } from "@/lib/testing/people";

function from(address: string) {
  return { ...TEST_REQUEST, address };
}

test("the right password opens a session under a new id each time", async () => {
  const { email, password, claims } = await givenPerson();
  const first = await signIn({ email, password }, from("192.0.2.1"), now());
  const second = await signIn({ email, password }, from("192.0.2.1"), now());
  if (!first.ok || !second.ok) throw new Error("not signed in");
  expect(new Set([claims, first.value, second.value].map((one) => one.sessionId)).size).toBe(3);
  expect(await findSession(first.value, null, now())).not.toBeNull();
});

test("unknown email and wrong password get the same answer", async () => {
  const { email } = await givenPerson();
  const wrong = await signIn({ email, password: "not the password" }, from("192.0.2.2"), now());
  const input = { email: "nobody@example.com", password: "not the password" };
  expect(await signIn(input, from("192.0.2.2"), now())).toEqual(wrong);
  expect(wrong).toMatchObject({ ok: false, code: "invalid_credentials" });
});

test("after ten wrong tries the right password is refused too, and says how long to wait", async () => {
  const { email, password } = await givenPerson();
  for (let tried = 0; tried < TRIES_PER_ACCOUNT; tried += 1) {
    const answer = await proveIdentity({ email, password: "wrong" }, from(`198.51.100.${tried}`));
    expect(answer).toMatchObject({ code: "invalid_credentials" });
  }
  const refused = await signIn({ email, password }, from("198.51.100.99"), now());
  expect(refused).toMatchObject({ ok: false, code: "throttled" });
  if (refused.ok || refused.code !== "throttled") throw new Error("not refused");
  expect(refused.retryAfterSeconds).toBeGreaterThan(14 * 60);
  expect(refused.message).toContain("15 minutes");

  // A restarted process, or another one, counts on from the database.
  expect(await new SignInThrottle().count({ email, address: null })).toBeGreaterThan(0);

  await db().rateLimiterFlexible.updateMany({
    where: { key: { contains: email } },
    data: { expire: new Date(0) },
  });
  expect(await signIn({ email, password }, from("198.51.100.99"), now())).toMatchObject({
    ok: true,
  });
});

test("an email nobody has is blocked just the same", async () => {
  const input = { email: "nobody.at.all@example.com", password: "wrong" };
  for (let tried = 0; tried < TRIES_PER_ACCOUNT; tried += 1) {
    await proveIdentity(input, from(`198.51.100.${100 + tried}`));
  }
  expect(await proveIdentity(input, from("198.51.100.98"))).toMatchObject({ code: "throttled" });
});

test("a right password resets the account's count", async () => {
  const { email, password } = await givenPerson();
  for (let round = 0; round < 3; round += 1) {
    for (let tried = 1; tried < TRIES_PER_ACCOUNT; tried += 1) {
      await proveIdentity({ email, password: "wrong" }, { address: null, userAgent: null });
    }
    const answer = await proveIdentity({ email, password }, { address: null, userAgent: null });
    expect(answer.ok).toBe(true);
  }
});

test("one address trying many accounts is stopped; right passwords do not count against it", async () => {
  const throttle = new SignInThrottle();
  const address = "203.0.113.200";
  for (let tried = 0; tried < TRIES_PER_ADDRESS - 1; tried += 1) {
    expect(await throttle.count({ email: `victim${tried}@example.com`, address })).toBeNull();
  }
  for (let tried = 0; tried < 5; tried += 1) {
    expect(await throttle.count({ email: "honest@example.com", address })).toBeNull();
    await throttle.forgive({ email: "honest@example.com", address });
  }
  expect(await throttle.count({ email: "victim-a@example.com", address })).toBeNull();
  expect(await throttle.count({ email: "victim-b@example.com", address })).toBeGreaterThan(0);
  expect(
    await throttle.count({ email: "victim-b@example.com", address: "203.0.113.201" }),
  ).toBeNull();
});

test("tries at the same time are all counted", async () => {
  const throttle = new SignInThrottle();
  const attempt = { email: "parallel@example.com", address: null };
  const answers = await Promise.all(Array.from({ length: 25 }, () => throttle.count(attempt)));
  expect(answers.filter((wait) => wait === null)).toHaveLength(TRIES_PER_ACCOUNT);
});

test("who is no longer a member anywhere learns it, but only with the right password", async () => {
  const { email, password, actor } = await givenPerson();
  await db().member.deleteMany({ where: { id: actor.memberId } });
  const wrong = await signIn({ email, password: "wrong" }, from("192.0.2.7"), now());
  expect(wrong).toMatchObject({ code: "invalid_credentials" });
  expect(await signIn({ email, password }, from("192.0.2.7"), now())).toMatchObject({
    code: "no_workspace",
  });
});

test("a caller who changes the address within its own IPv6 network is one caller", async () => {
  const throttle = new SignInThrottle();
  const tries = Array.from({ length: TRIES_PER_ADDRESS + 1 }, (_, at) =>
    throttle.count({ email: `v6.${at}@example.com`, address: `2001:db8:5:5::${at.toString(16)}` }),
  );
  const waits = await Promise.all(tries);
  expect(waits.filter((wait) => wait !== null)).toHaveLength(1);
  const neighbour = { email: "v6.next@example.com", address: "2001:db8:5:6::1" };
  expect(await throttle.count(neighbour)).toBeNull();
});

test("an address that is blocked cannot lock people out of their accounts", async () => {
  const { email, password } = await givenPerson();
  const address = "192.0.2.77";
  const throttle = new SignInThrottle();
  for (let tried = 0; tried < TRIES_PER_ADDRESS; tried += 1) {
    await throttle.count({ email: `spray.${tried}@example.com`, address });
  }
  for (let tried = 0; tried <= TRIES_PER_ACCOUNT; tried += 1) {
    const answer = await proveIdentity({ email, password: "wrong" }, from(address));
    expect(answer).toMatchObject({ code: "throttled" });
  }
  expect(await signIn({ email, password }, from("192.0.2.78"), now())).toMatchObject({ ok: true });
});
