import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { tasks } from "@/lib/access/jobs";
import { forgetWhatEnded } from "@/lib/people/accounts/forget-what-ended";
import { RESET_MINUTES } from "@/lib/people/accounts/limits";
import {
  mailPasswordReset,
  makeResetLink,
  requestPasswordReset,
} from "@/lib/people/accounts/request-password-reset";
import { emailOfResetLink, resetPassword } from "@/lib/people/accounts/reset-password";
import { findSession } from "@/lib/people/auth/session-store";
import { signIn } from "@/lib/people/auth/sign-in";
import { later, MINUTE_MS, now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { env } from "@/lib/platform/env";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenPerson, type Person, TEST_REQUEST } from "@/lib/testing/people";
import { withMailServer } from "@/lib/testing/with-mail-server";

const START = now();
const LINK_ENDS = later(START, RESET_MINUTES * MINUTE_MS);
const NEW_PASSWORD = "three quiet otters";
const LINK = /http\S+\/forgot-password\/([\w-]+)/;

const server = withMailServer();
let person: Person;

beforeEach(async () => {
  person = await givenPerson();
});

afterEach(() => {
  server().arrivals.length = 0;
});

const ask = (email: string, address: string | null = null) =>
  requestPasswordReset({ email }, { address, userAgent: null, browserHash: null }, START);

/** Runs the jobs that wait, as the queue would, and answers how many there were. */
async function mailWaiting(): Promise<number> {
  const waiting = await db().passwordReset.findMany({ where: { tokenHash: null } });
  for (const { id } of waiting) await mailPasswordReset(id, START);
  return waiting.length;
}

async function mailedToken(email: string): Promise<string> {
  mustWork(await ask(email));
  await mailWaiting();
  return LINK.exec(server().arrivals[0]?.mail.text ?? "")?.[1] ?? "";
}

const set = (token: string, at = START, newPassword = NEW_PASSWORD) =>
  resetPassword({ token, newPassword }, TEST_REQUEST, at);

describe("asking for a link", () => {
  test("mails it to the person, and to nobody else", async () => {
    mustWork(await ask(person.actor.email));
    await mailWaiting();
    const [arrival] = server().arrivals;
    expect(arrival?.to).toEqual([person.actor.email]);
    expect(arrival?.mail.subject).toBe("Set a new password");
    expect(arrival?.mail.from?.text).toBe('"Postern" <postern@keys.example.com>');
    expect(arrival?.raw).toContain("Auto-Submitted: auto-generated");
    expect(arrival?.mail.text).toMatch(/^Hello Mara Keller,/);
    const token = LINK.exec(arrival?.mail.text ?? "")?.[1] ?? "";
    expect(arrival?.mail.text).toContain(`https://keys.example.com/forgot-password/${token}`);
    expect(JSON.stringify(await db().passwordReset.findMany())).not.toContain(token);
  });

  test("answers the same for an email without an account, and stores the same", async () => {
    const [known, unknown] = [await ask(person.actor.email), await ask("nobody@example.com")];
    expect(unknown).toEqual(known);
    expect(await mailWaiting()).toBe(2);
    expect(server().arrivals).toHaveLength(1);
  });

  test("is the job of the queue", async () => {
    mustWork(await ask(person.actor.email));
    const [reset] = await db().passwordReset.findMany({ where: { email: person.actor.email } });
    await tasks.mail_password_reset({ resetId: reset?.id ?? "" });
    expect(server().arrivals).toHaveLength(1);
  });

  test("is done again by the queue when the server does not take it", async () => {
    server().answers.message = () => ({ code: 451, text: "later" });
    mustWork(await ask(person.actor.email));
    await expect(mailWaiting()).rejects.toThrow("later");
    server().answers.message = () => undefined;
    const [reset] = await db().passwordReset.findMany({ where: { email: person.actor.email } });
    await mailPasswordReset(reset?.id ?? "", START);
    const token = LINK.exec(server().arrivals[0]?.mail.text ?? "")?.[1] ?? "";
    expect(await set(token)).toMatchObject({ ok: true });
  });

  test("is refused after three times for one email, whoever asks", async () => {
    for (const address of ["203.0.113.1", "203.0.113.2", "203.0.113.3"]) {
      expect(await ask("often@example.com", address)).toMatchObject({ ok: true });
    }
    expect(await ask("often@example.com", "203.0.113.4")).toMatchObject({
      code: "throttled",
      retryAfterSeconds: expect.any(Number),
    });
    expect(await ask("other@example.com", "203.0.113.4")).toMatchObject({ ok: true });
  });

  test("is refused after twenty times from one network", async () => {
    for (let count = 0; count < 20; count += 1) {
      await ask(`${count}@example.com`, `2001:db8:1:2::${count}`);
    }
    expect(await ask("fresh@example.com", "2001:db8:1:2::99")).toMatchObject({ code: "throttled" });
    expect(await ask("fresh@example.com", "2001:db8:1:3::1")).toMatchObject({ ok: true });
  });

  test("says so where no mail server is set up", async () => {
    env().SMTP_URL = undefined;
    expect(await ask(person.actor.email)).toMatchObject({ code: "no_mail_server" });
    env().SMTP_URL = server().url;
    expect(await db().passwordReset.count({ where: { email: person.actor.email } })).toBe(0);
  });
});

describe("the link", () => {
  test("sets the password once, and ends every session", async () => {
    const { email } = person.actor;
    const token = await mailedToken(email);
    expect(await emailOfResetLink(token, START)).toBe(email);
    expect(await set(token)).toMatchObject({ ok: true });
    expect(await findSession(person.claims, null, START)).toBeNull();
    const signedIn = await signIn({ email, password: NEW_PASSWORD }, TEST_REQUEST, START);
    expect(signedIn).toMatchObject({ ok: true });
    const old = await signIn({ email, password: person.password }, TEST_REQUEST, START);
    expect(old).toMatchObject({ code: "invalid_credentials" });
    expect(await set(token)).toMatchObject({ code: "link_gone" });
    expect(await emailOfResetLink(token, START)).toBeNull();
  });

  test("works for half an hour", async () => {
    const token = await mailedToken(person.actor.email);
    expect(await set(token, LINK_ENDS)).toMatchObject({ code: "link_gone" });
    expect(await set(token, later(LINK_ENDS, -1))).toMatchObject({ ok: true });
  });

  test("of two uses at once, one sets the password", async () => {
    const token = await mailedToken(person.actor.email);
    const outcomes = await Promise.all([set(token), set(token, START, "another long password")]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("takes every other link of the person with it", async () => {
    const first = await mailedToken(person.actor.email);
    const second =
      mustWork(await makeResetLink(person.actor.email, START))
        .split("/")
        .at(-1) ?? "";
    mustWork(await set(second));
    expect(await set(first)).toMatchObject({ code: "link_gone" });
  });

  test("does not take a common password, and stays good", async () => {
    const token = await mailedToken(person.actor.email);
    expect(await set(token, START, "123456QWERTY")).toMatchObject({
      code: "validation_error",
      fieldErrors: { newPassword: [expect.any(String)] },
    });
    expect(await set(token)).toMatchObject({ ok: true });
  });

  test("that is made up opens nothing", async () => {
    for (const token of ["", "x", "A".repeat(43)]) {
      expect(await set(token)).toMatchObject({ code: "link_gone" });
    }
  });
});

test("an operator's link names nobody who is not there", async () => {
  expect(await makeResetLink("nobody@example.com", START)).toMatchObject({ code: "not_found" });
});

test("a request is forgotten at its end", async () => {
  mustWork(await ask(person.actor.email));
  await forgetWhatEnded(later(LINK_ENDS, -1));
  expect(await db().passwordReset.count({ where: { email: person.actor.email } })).toBe(1);
  await forgetWhatEnded(LINK_ENDS);
  expect(await db().passwordReset.count({ where: { email: person.actor.email } })).toBe(0);
});
