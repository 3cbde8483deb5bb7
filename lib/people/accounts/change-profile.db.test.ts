import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { changePassword } from "@/lib/people/accounts/change-password";
import { changeProfile } from "@/lib/people/accounts/change-profile";
import { confirmEmail, emailOfConfirmLink } from "@/lib/people/accounts/confirm-email";
import { forgetWhatEnded } from "@/lib/people/accounts/forget-what-ended";
import { EMAIL_CHANGE_HOURS } from "@/lib/people/accounts/limits";
import { makeResetLink } from "@/lib/people/accounts/request-password-reset";
import { resetPassword } from "@/lib/people/accounts/reset-password";
import { findSession } from "@/lib/people/auth/session-store";
import { signIn } from "@/lib/people/auth/sign-in";
import { HOUR_MS, later, now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { env } from "@/lib/platform/env";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenPerson, type Person, TEST_REQUEST } from "@/lib/testing/people";
import { withMailServer } from "@/lib/testing/with-mail-server";

const START = now();
const LINK = /https:\/\/keys\.example\.com\/confirm-email\/([\w-]+)/;

const server = withMailServer();
let mara: Person;
let wanted: string;

beforeEach(async () => {
  server().arrivals.length = 0;
  mara = await givenPerson();
  wanted = `${randomUUID()}@example.com`;
});

function ask(change: { name?: string; email?: string; currentPassword?: string }) {
  const { name, email } = mara.actor;
  return changeProfile(
    mara.actor,
    { name, email, currentPassword: mara.password, ...change },
    START,
  );
}

async function mailedToken(): Promise<string> {
  mustWork(await ask({ email: wanted }));
  return LINK.exec(server().arrivals[0]?.mail.text ?? "")?.[1] ?? "";
}

const emailNow = async () =>
  (await db().user.findUniqueOrThrow({ where: { id: mara.actor.userId } })).email;

test("a name changes at once, without a password or a mail", async () => {
  const changed = await ask({ name: "Mara Jung", currentPassword: "" });
  expect(changed).toEqual({ ok: true, value: { mailedTo: null } });
  expect(await findSession(mara.claims, null, START)).toMatchObject({ name: "Mara Jung" });
  expect(server().arrivals).toEqual([]);
});

test("a new email counts from when its link is used, and the old one is told", async () => {
  const token = await mailedToken();
  expect(server().arrivals[0]?.to).toEqual([wanted]);
  expect(await emailNow()).toBe(mara.email);
  expect(await emailOfConfirmLink(token, START)).toBe(wanted);
  expect(JSON.stringify(await db().emailChange.findMany())).not.toContain(token);

  expect(await confirmEmail({ token }, TEST_REQUEST, START)).toEqual({
    ok: true,
    value: { email: wanted },
  });
  expect(server().arrivals[1]?.to).toEqual([mara.email]);
  expect(server().arrivals[1]?.mail.text).toContain(wanted);
  const { password } = mara;
  expect(await signIn({ email: wanted, password }, TEST_REQUEST, START)).toMatchObject({
    ok: true,
  });
  expect(await signIn({ email: mara.email, password }, TEST_REQUEST, START)).toMatchObject({
    code: "invalid_credentials",
  });
  expect(await findSession(mara.claims, null, START)).toMatchObject({ email: wanted });
  expect(await confirmEmail({ token }, TEST_REQUEST, START)).toMatchObject({ code: "link_gone" });
});

test("a new email needs the password of the account", async () => {
  for (const currentPassword of ["", "not the password"]) {
    expect(await ask({ email: wanted, currentPassword })).toMatchObject({
      code: "validation_error",
      fieldErrors: { currentPassword: [expect.any(String)] },
    });
  }
  expect(server().arrivals).toEqual([]);
});

test("an email that another account has is refused, when asked for and when confirmed", async () => {
  const other = await givenPerson();
  expect(await ask({ email: other.email })).toMatchObject({
    fieldErrors: { email: [expect.any(String)] },
  });
  const token = await mailedToken();
  await db().user.update({ where: { id: other.actor.userId }, data: { email: wanted } });
  expect(await confirmEmail({ token }, TEST_REQUEST, START)).toMatchObject({ code: "email_taken" });
  expect(await emailNow()).toBe(mara.email);
});

test("the link works for a day, once, and not after a later one was asked for", async () => {
  const first = await mailedToken();
  const end = later(START, EMAIL_CHANGE_HOURS * HOUR_MS);
  expect(await emailOfConfirmLink(first, later(end, -1))).toBe(wanted);
  expect(await confirmEmail({ token: first }, TEST_REQUEST, end)).toMatchObject({
    code: "link_gone",
  });
  server().arrivals.length = 0;
  const second = await mailedToken();
  expect(await emailOfConfirmLink(first, START)).toBeNull();
  const twice = [1, 2].map(() => confirmEmail({ token: second }, TEST_REQUEST, START));
  expect((await Promise.all(twice)).filter(({ ok }) => ok)).toHaveLength(1);
  wanted = `${randomUUID()}@example.com`;
  await mailedToken();
  await forgetWhatEnded(end);
  expect(await db().emailChange.count({ where: { userId: mara.actor.userId } })).toBe(0);
});

test("a new password ends a link that somebody else may have asked for", async () => {
  const token = await mailedToken();
  const { password: currentPassword, actor } = mara;
  const newPassword = "three quiet otters";
  mustWork(await changePassword(actor, { currentPassword, newPassword }, START));
  expect(await emailOfConfirmLink(token, START)).toBeNull();

  mara = { ...(await givenPerson()) };
  server().arrivals.length = 0;
  const other = await mailedToken();
  const reset =
    mustWork(await makeResetLink(mara.email, START))
      .split("/")
      .at(-1) ?? "";
  mustWork(await resetPassword({ token: reset, newPassword }, TEST_REQUEST, START));
  expect(await emailOfConfirmLink(other, START)).toBeNull();
});

test("where the mail cannot go out, the email stays", async () => {
  server().answers.message = () => ({ code: 550, text: "no" });
  expect(await ask({ email: wanted })).toMatchObject({ code: "mail_failed" });
  server().answers.message = () => undefined;
  env().SMTP_URL = undefined;
  expect(await ask({ email: wanted })).toMatchObject({ code: "no_mail_server" });
  env().SMTP_URL = server().url;
});

test("nobody is mailed without end", async () => {
  for (let mailed = 0; mailed < 5; mailed += 1) mustWork(await ask({ email: wanted }));
  expect(await ask({ email: wanted })).toMatchObject({ code: "throttled" });
});
