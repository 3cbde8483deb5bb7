import { beforeEach, describe, expect, test } from "vitest";
import { tasks } from "@/lib/access/jobs";
import { changePassword } from "@/lib/people/accounts/change-password";
import { newBrowserCookie } from "@/lib/people/auth/browser-cookie";
import { forgetBrowsers } from "@/lib/people/auth/known-browsers";
import { hashToken } from "@/lib/people/auth/link-token";
import { findSession } from "@/lib/people/auth/session-store";
import { proveIdentity, signIn } from "@/lib/people/auth/sign-in";
import {
  GUESSES_BEFORE_MAIL,
  SignInThrottle,
  TRIES_PER_ACCOUNT,
  TRIES_PER_ADDRESS,
  TRIES_PER_PLACE,
} from "@/lib/people/auth/sign-in-throttle";
import { now } from "@/lib/platform/clock";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenGuessedPerson, type Person, TEST_REQUEST } from "@/lib/testing/people";
import { withMailServer } from "@/lib/testing/with-mail-server";

function from(address: string | null, browserHash: string | null = null) {
  return { ...TEST_REQUEST, address, browserHash };
}

/** A stranger's try, counted. */
function tryFrom(email: string, address: string | null) {
  return { email, request: from(address), standing: "stranger" } as const;
}

/** Guesses wrong passwords one after another, each from the address that `addressOf` says. */
async function guess(email: string, times: number, addressOf: (at: number) => string | null) {
  for (let tried = 0; tried < times; tried += 1) {
    const answer = await proveIdentity({ email, password: "wrong" }, from(addressOf(tried)));
    expect(answer).toMatchObject({ code: "invalid_credentials" });
  }
}

async function waitIn(throttle: SignInThrottle, attempt: Parameters<SignInThrottle["count"]>[0]) {
  return (await throttle.count(attempt)).wait;
}

const network = (at: number) => `198.18.${at}.1`;

test("the right password opens a session under a new id each time", async () => {
  const { email, password, claims } = await givenGuessedPerson();
  const first = mustWork(await signIn({ email, password }, from("192.0.2.1"), now()));
  const second = mustWork(await signIn({ email, password }, from("192.0.2.1"), now()));
  const ids = [claims, first.claims, second.claims].map(({ sessionId }) => sessionId);
  expect(new Set(ids).size).toBe(3);
  expect(await findSession(first.claims, null, now())).not.toBeNull();
});

test("unknown email and wrong password get the same answer", async () => {
  const { email } = await givenGuessedPerson();
  const wrong = await signIn({ email, password: "not the password" }, from("192.0.2.2"), now());
  const input = { email: "nobody@example.com", password: "not the password" };
  expect(await signIn(input, from("192.0.2.2"), now())).toEqual(wrong);
  expect(wrong).toMatchObject({ ok: false, code: "invalid_credentials" });
});

test("a browser is known by a cookie of its own, whose value is stored nowhere", async () => {
  const { email, password, actor } = await givenGuessedPerson();
  const first = mustWork(await signIn({ email, password }, from("192.0.2.3"), now()));
  const cookie = first.browserCookie ?? "";
  const again = from("192.0.2.3", hashToken(cookie));
  expect(mustWork(await signIn({ email, password }, again, now())).browserCookie).toBeNull();
  const stored = await db().knownBrowser.findMany({ where: { userId: actor.userId } });
  expect(JSON.stringify(stored)).not.toContain(cookie);
});

test("a planted cookie is replaced, and who planted it gains nothing", async () => {
  const [mara, eve] = [await givenGuessedPerson(), await givenGuessedPerson()];
  const planted = mustWork(await signIn(eve, from("192.0.2.4"), now())).browserCookie ?? "";
  const withIt = from("192.0.2.5", hashToken(planted));
  const mine = mustWork(await signIn(mara, withIt, now())).browserCookie;
  expect(mine).toMatch(/^[\w-]{43}$/);
  const hashes = await db().knownBrowser.findMany({ select: { cookieHash: true } });
  expect(hashes.map(({ cookieHash }) => cookieHash)).not.toContain(hashToken(planted));
  // Two people share this browser, and the new cookie stands for both.
  const shared = from("192.0.2.5", hashToken(mine ?? ""));
  expect(mustWork(await signIn(eve, shared, now())).browserCookie).toBeNull();
});

describe("an account that is guessed at", () => {
  test("refuses the guessing network, and says how long to wait", async () => {
    const { email, password } = await givenGuessedPerson();
    await guess(email, TRIES_PER_PLACE, () => "198.51.100.1");
    const refused = await signIn({ email, password }, from("198.51.100.1"), now());
    expect(refused).toMatchObject({ ok: false, code: "throttled" });
    if (refused.ok || refused.code !== "throttled") throw new Error("not refused");
    expect(refused.retryAfterSeconds).toBeGreaterThan(14 * 60);
    expect(refused.message).toContain("15 minutes");

    // A restarted process, or another one, counts on from the database.
    const restarted = new SignInThrottle();
    expect(await waitIn(restarted, tryFrom(email, "198.51.100.1"))).toBeGreaterThan(0);

    await db().rateLimiterFlexible.updateMany({
      where: { key: { contains: email } },
      data: { expire: new Date(0) },
    });
    expect(await signIn({ email, password }, from("198.51.100.1"), now())).toMatchObject({
      ok: true,
    });
  });

  test("does not refuse the owner somewhere else, also where they have never been", async () => {
    const { email, password } = await givenGuessedPerson();
    await guess(email, TRIES_PER_PLACE, () => "198.51.100.2");
    expect(await signIn({ email, password }, from("198.51.100.3"), now())).toMatchObject({
      ok: true,
    });
  });

  test("refuses places it does not know when many networks guess together", async () => {
    const { email, password } = await givenGuessedPerson();
    await guess(email, TRIES_PER_ACCOUNT, network);
    expect(await signIn({ email, password }, from("198.51.100.4"), now())).toMatchObject({
      code: "throttled",
    });
  });

  test("goes on for a network it knows, and for a browser it knows in any network", async () => {
    const { email, password } = await givenGuessedPerson();
    const { browserCookie } = mustWork(
      await signIn({ email, password }, from("203.0.113.50"), now()),
    );
    await guess(email, TRIES_PER_ACCOUNT, network);
    expect(await signIn({ email, password }, from("203.0.113.50"), now())).toMatchObject({
      ok: true,
    });
    const laptop = from(network(0), hashToken(browserCookie ?? ""));
    expect(await signIn({ email, password }, laptop, now())).toMatchObject({ ok: true });
  });

  test("goes on for a known browser whose own network is blocked", async () => {
    const { email, password } = await givenGuessedPerson();
    const at = from("203.0.113.60");
    const { browserCookie } = mustWork(await signIn({ email, password }, at, now()));
    await guess(email, TRIES_PER_PLACE, () => "203.0.113.60");
    expect(await signIn({ email, password }, at, now())).toMatchObject({ code: "throttled" });
    const laptop = { ...at, browserHash: hashToken(browserCookie ?? "") };
    expect(await signIn({ email, password }, laptop, now())).toMatchObject({ ok: true });
  });

  test("refuses a known browser that guesses, and a cookie that somebody made up", async () => {
    const { email, password } = await givenGuessedPerson();
    const { browserCookie } = mustWork(await signIn({ email, password }, from(null), now()));
    const laptop = from(null, hashToken(browserCookie ?? ""));
    for (let tried = 0; tried < TRIES_PER_PLACE; tried += 1) {
      await proveIdentity({ email, password: "wrong" }, laptop);
    }
    expect(await signIn({ email, password }, laptop, now())).toMatchObject({ code: "throttled" });
    await guess(email, TRIES_PER_PLACE, () => "198.51.100.5");
    const made = from("198.51.100.5", newBrowserCookie().cookieHash);
    expect(await signIn({ email, password }, made, now())).toMatchObject({ code: "throttled" });
  });

  test("forgets a browser that it is told to forget", async () => {
    const { email, password, actor } = await givenGuessedPerson();
    const { browserCookie } = mustWork(
      await signIn({ email, password }, from("203.0.113.70"), now()),
    );
    await transact((tx) => forgetBrowsers(tx, actor.userId));
    await guess(email, TRIES_PER_ACCOUNT, network);
    const laptop = from("203.0.113.70", hashToken(browserCookie ?? ""));
    expect(await signIn({ email, password }, laptop, now())).toMatchObject({ code: "throttled" });
  });

  test("still lets its owner, who is signed in, change the password", async () => {
    const { email, password, actor } = await givenGuessedPerson();
    await guess(email, TRIES_PER_ACCOUNT, network);
    const input = { currentPassword: password, newPassword: "three quiet otters" };
    expect(await changePassword(actor, input, now())).toMatchObject({ ok: true });
  });
});

describe("where there is a mail server, the owner of an account that is guessed at", () => {
  const server = withMailServer();
  let person: Person;

  beforeEach(async () => {
    person = await givenGuessedPerson();
    await db().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
  });

  const jobs = async () =>
    await db().$queryRaw<{ payload: { userId: string } }[]>`
      SELECT payload FROM graphile_worker._private_jobs`;

  test("is told once, after ten wrong passwords from anywhere", async () => {
    await guess(person.email, GUESSES_BEFORE_MAIL - 1, network);
    expect(await jobs()).toEqual([]);
    await guess(person.email, 1, () => "198.51.100.9");
    const [job] = await jobs();
    expect(job?.payload).toEqual({ userId: person.actor.userId, at: "password" });
    await tasks.mail_guessing_warning({ userId: person.actor.userId, at: "password" });
    const [arrival] = server().arrivals;
    expect(arrival?.to).toEqual([person.email]);
    expect(arrival?.mail.subject).toBe("Somebody is guessing your password");
    expect(arrival?.mail.text).toContain("https://keys.example.com/forgot-password");

    await db().rateLimiterFlexible.deleteMany({ where: { key: { startsWith: "sign-in" } } });
    await guess(person.email, GUESSES_BEFORE_MAIL, network);
    expect(await jobs()).toHaveLength(1);
  });

  test("is told of guesses out of their own network too", async () => {
    const address = TEST_REQUEST.address;
    await guess(person.email, GUESSES_BEFORE_MAIL, () => address);
    expect(await jobs()).toHaveLength(1);
  });

  test("is told nothing of what happens to an email without an account", async () => {
    await guess("nobody.at.home@example.com", GUESSES_BEFORE_MAIL, network);
    expect(await jobs()).toEqual([]);
  });
});

test("an email nobody has is blocked just the same", async () => {
  const input = { email: "nobody.at.all@example.com", password: "wrong" };
  await guess(input.email, TRIES_PER_ACCOUNT, network);
  expect(await proveIdentity(input, from("198.51.100.98"))).toMatchObject({ code: "throttled" });
});

test("a right password resets the place's count", async () => {
  const { email, password } = await givenGuessedPerson();
  for (let round = 0; round < 3; round += 1) {
    await guess(email, TRIES_PER_PLACE - 1, () => null);
    const answer = await proveIdentity({ email, password }, from(null));
    expect(answer.ok).toBe(true);
  }
});

test("one address trying many accounts is stopped; right passwords do not count against it", async () => {
  const throttle = new SignInThrottle();
  const address = "203.0.113.200";
  for (let tried = 0; tried < TRIES_PER_ADDRESS - 1; tried += 1) {
    expect(await waitIn(throttle, tryFrom(`victim${tried}@example.com`, address))).toBeNull();
  }
  for (let tried = 0; tried < 5; tried += 1) {
    expect(await waitIn(throttle, tryFrom("honest@example.com", address))).toBeNull();
    await throttle.forgive(tryFrom("honest@example.com", address));
  }
  expect(await waitIn(throttle, tryFrom("victim-a@example.com", address))).toBeNull();
  expect(await waitIn(throttle, tryFrom("victim-b@example.com", address))).toBeGreaterThan(0);
  expect(await waitIn(throttle, tryFrom("victim-b@example.com", "203.0.113.201"))).toBeNull();
});

test("tries at the same time are all counted", async () => {
  const throttle = new SignInThrottle();
  const attempt = tryFrom("parallel@example.com", null);
  const answers = await Promise.all(Array.from({ length: 25 }, () => throttle.count(attempt)));
  expect(answers.filter(({ wait }) => wait === null)).toHaveLength(TRIES_PER_PLACE);
});

test("who is no longer a member anywhere learns it, but only with the right password", async () => {
  const { email, password, actor } = await givenGuessedPerson();
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
    waitIn(throttle, tryFrom(`v6.${at}@example.com`, `2001:db8:5:5::${at.toString(16)}`)),
  );
  const waits = await Promise.all(tries);
  expect(waits.filter((wait) => wait !== null)).toHaveLength(1);
  const neighbour = tryFrom("v6.next@example.com", "2001:db8:5:6::1");
  expect(await waitIn(throttle, neighbour)).toBeNull();
});

test("an address that is blocked cannot lock people out of their accounts", async () => {
  const { email, password } = await givenGuessedPerson();
  const address = "192.0.2.77";
  const throttle = new SignInThrottle();
  for (let tried = 0; tried < TRIES_PER_ADDRESS; tried += 1) {
    await waitIn(throttle, tryFrom(`spray.${tried}@example.com`, address));
  }
  for (let tried = 0; tried <= TRIES_PER_PLACE; tried += 1) {
    const answer = await proveIdentity({ email, password: "wrong" }, from(address));
    expect(answer).toMatchObject({ code: "throttled" });
  }
  expect(await signIn({ email, password }, from("192.0.2.78"), now())).toMatchObject({ ok: true });
});
