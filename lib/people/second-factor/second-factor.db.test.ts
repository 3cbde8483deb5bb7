import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { forgetWhatEnded } from "@/lib/people/accounts/forget-what-ended";
import { makeResetLink } from "@/lib/people/accounts/request-password-reset";
import { resetPassword } from "@/lib/people/accounts/reset-password";
import { endSession, listSessions } from "@/lib/people/accounts/sessions";
import { signUp } from "@/lib/people/accounts/sign-up";
import { hashToken } from "@/lib/people/auth/link-token";
import type { RequestFacts } from "@/lib/people/auth/request-facts";
import { openSecret, sealSecret } from "@/lib/people/auth/sealed-secret";
import { needsConfirmation } from "@/lib/people/auth/second-factor";
import { findSession, type Opened } from "@/lib/people/auth/session-store";
import { signIn } from "@/lib/people/auth/sign-in";
import { invite } from "@/lib/people/members/invite";
import { joinWithAccount } from "@/lib/people/members/join";
import { confirmApp, startApp } from "@/lib/people/second-factor/authenticator-app";
import { confirmByCode } from "@/lib/people/second-factor/confirm-identity";
import { finishSignIn } from "@/lib/people/second-factor/finish-sign-in";
import { TRIES_PER_FACTOR } from "@/lib/people/second-factor/prove-code";
import { makeRecoveryCodes, RECOVERY_CODES } from "@/lib/people/second-factor/recovery-codes";
import { secondFactorOf } from "@/lib/people/second-factor/status";
import { removeApp } from "@/lib/people/second-factor/turn-off";
import { later, MINUTE_MS, now, SECOND_MS } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { env } from "@/lib/platform/env";
import { mustWork } from "@/lib/testing/audit-givens";
import { actorOf, givenPerson, type Person, TEST_REQUEST } from "@/lib/testing/people";
import { codeAt, givenApp } from "@/lib/testing/second-factor";

const START = now();
const STEP_MS = 30 * SECOND_MS;
/** The code of the set-up is used up, so the first to give is the next one. */
const NEXT = later(START, STEP_MS);

async function givenProtected() {
  const person = await givenPerson();
  return { ...person, ...(await givenApp(person, START)) };
}

async function halfway(
  { email, password }: Person,
  request: RequestFacts = TEST_REQUEST,
): Promise<string> {
  const answer = await signIn({ email, password }, request, START);
  if (answer.ok || answer.code !== "second_factor") throw new Error("not asked");
  expect(answer.kinds).toMatchObject({ app: true });
  return answer.token;
}

/** The request of the browser in which this sign-in succeeded. */
function inBrowserOf({ browserCookie }: Opened) {
  return { ...TEST_REQUEST, browserHash: hashToken(browserCookie ?? "") };
}

const give = (token: string, code: string, at = NEXT) =>
  finishSignIn({ token, code }, TEST_REQUEST, at);

describe("a sign-in of an account with an authenticator app", () => {
  test("opens no session by the password, and one by a code", async () => {
    const mara = await givenProtected();
    const before = await db().session.count({ where: { userId: mara.actor.userId } });
    const token = await halfway(mara);
    expect(await db().session.count({ where: { userId: mara.actor.userId } })).toBe(before);
    expect(JSON.stringify(await db().halfSignIn.findMany())).not.toContain(token);
    const opened = mustWork(await give(token, codeAt(mara.secret, NEXT)));
    expect(await findSession(opened.claims, null, NEXT)).toMatchObject({
      hasSecondFactor: true,
      confirmedAt: NEXT,
    });
    expect(
      await give(token, codeAt(mara.secret, later(NEXT, STEP_MS)), later(NEXT, STEP_MS)),
    ).toMatchObject({ code: "start_again" });
  });

  test("asks once in a browser, and again in every other", async () => {
    const mara = await givenProtected();
    const opened = mustWork(await give(await halfway(mara), codeAt(mara.secret, NEXT)));
    const { email, password } = mara;
    const again = await signIn({ email, password }, inBrowserOf(opened), NEXT);
    expect(again).toMatchObject({ ok: true });
    await halfway(mara);
  });

  test("asks again in a browser that was signed out from afar", async () => {
    const mara = await givenProtected();
    const opened = mustWork(await give(await halfway(mara), codeAt(mara.secret, NEXT)));
    mustWork(await endSession(mara.actor, { sessionId: opened.claims.sessionId }, NEXT));
    await halfway(mara, inBrowserOf(opened));
  });

  test("asks in a browser that was known before the second factor was set up", async () => {
    const person = await givenPerson();
    const { email, password } = person;
    const old = mustWork(await signIn({ email, password }, TEST_REQUEST, START));
    await givenApp(person, START);
    await halfway(person, inBrowserOf(old));
  });

  test("takes a code once, also when it comes twice at the same time", async () => {
    const mara = await givenProtected();
    const code = codeAt(mara.secret, NEXT);
    const tokens = [await halfway(mara), await halfway(mara)];
    const outcomes = await Promise.all(tokens.map((token) => give(token, code)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await give(await halfway(mara), code)).toMatchObject({ code: "validation_error" });
    // Nor the code of the set-up, nor an earlier one that is still within the tolerance.
    expect(await give(await halfway(mara), codeAt(mara.secret, START))).toMatchObject({
      code: "validation_error",
    });
  });

  test.each([
    [-60, false],
    [-30, true],
    [30, true],
    [60, false],
  ])("takes the code of a clock that is off by %d s: %s", async (seconds, taken) => {
    const mara = await givenProtected();
    const at = later(START, 10 * STEP_MS);
    const token = await halfway(mara);
    const code = codeAt(mara.secret, later(at, seconds * SECOND_MS));
    expect((await give(token, code, at)).ok).toBe(taken);
  });

  test("takes a code with a space in it", async () => {
    const mara = await givenProtected();
    const code = codeAt(mara.secret, NEXT).replace(/^.../, "$& ");
    expect(await give(await halfway(mara), code)).toMatchObject({ ok: true });
  });

  test("stops who guesses codes, with the right one too, and not the owner who is signed in", async () => {
    const mara = await givenProtected();
    for (let tried = 0; tried < TRIES_PER_FACTOR; tried += 1) {
      expect(await give(await halfway(mara), "000000")).toMatchObject({ code: "validation_error" });
    }
    const code = codeAt(mara.secret, NEXT);
    expect(await give(await halfway(mara), code)).toMatchObject({ code: "throttled" });
    expect(await confirmByCode(mara.actor, { code }, NEXT)).toMatchObject({ ok: true });
  });

  test("waits ten minutes, and no longer than the password is good", async () => {
    const mara = await givenProtected();
    const token = await halfway(mara);
    const at = later(START, 10 * MINUTE_MS);
    expect(await give(token, codeAt(mara.secret, at), at)).toMatchObject({ code: "start_again" });
    await forgetWhatEnded(at);
    expect(await db().halfSignIn.count({ where: { userId: mara.actor.userId } })).toBe(0);

    const other = await halfway(mara);
    const link =
      mustWork(await makeResetLink(mara.email, START))
        .split("/")
        .at(-1) ?? "";
    const newPassword = "three quiet otters";
    mustWork(await resetPassword({ token: link, newPassword }, TEST_REQUEST, START));
    expect(await give(other, codeAt(mara.secret, NEXT))).toMatchObject({ code: "start_again" });
  });

  test("is asked for after a new password by a link, in the browser of the link too", async () => {
    const mara = await givenProtected();
    const link =
      mustWork(await makeResetLink(mara.email, START))
        .split("/")
        .at(-1) ?? "";
    const password = "three quiet otters";
    const reset = { token: link, newPassword: password };
    const { cookie } = mustWork(await resetPassword(reset, TEST_REQUEST, START));
    const request = { ...TEST_REQUEST, browserHash: hashToken(cookie ?? "") };
    await halfway({ ...mara, password }, request);
  });

  test("is asked for on every way in that takes a password", async () => {
    const [mara, owner] = [await givenProtected(), await givenPerson()];
    const { path } = mustWork(
      await invite(owner.actor, { email: mara.email, role: "viewer" }, START),
    );
    const token = path.replace("/invite/", "");
    const { email, password } = mara;
    expect(await joinWithAccount({ token, password }, TEST_REQUEST, START)).toMatchObject({
      code: "second_factor",
    });
    const workspace = { workspaceName: "Second", name: "Mara", email, password };
    expect(await signUp(workspace, TEST_REQUEST, START, true)).toMatchObject({
      code: "second_factor",
    });
  });
});

describe("recovery codes", () => {
  test("come with the first second factor, stand in for it once each, and are stored as hashes", async () => {
    const mara = await givenProtected();
    expect(new Set(mara.recoveryCodes).size).toBe(RECOVERY_CODES);
    const stored = JSON.stringify(await db().recoveryCode.findMany());
    for (const code of mara.recoveryCodes) expect(stored).not.toContain(code);
    const [code = ""] = mara.recoveryCodes;
    expect(await give(await halfway(mara), code)).toMatchObject({ ok: true });
    expect(await give(await halfway(mara), code)).toMatchObject({ code: "validation_error" });
    expect((await secondFactorOf(mara.actor)).recoveryCodes?.left).toBe(RECOVERY_CODES - 1);
  });

  test("are read as people write them", async () => {
    const mara = await givenProtected();
    const [first = "", second = "", third = ""] = mara.recoveryCodes;
    const written = [
      first.toUpperCase(),
      second.replaceAll("-", ""),
      ` ${third.replaceAll("-", " ")} `,
    ];
    for (const code of written) {
      expect(await give(await halfway(mara), code)).toMatchObject({ ok: true });
    }
  });

  test("of another person are wrong", async () => {
    const [mara, ole] = [await givenProtected(), await givenProtected()];
    expect(await give(await halfway(mara), ole.recoveryCodes[0] ?? "")).toMatchObject({
      code: "validation_error",
    });
  });

  test("new ones end the old ones, and need a second factor that was just given", async () => {
    const mara = await givenProtected();
    const fresh = mustWork(await makeRecoveryCodes(mara.actor, START));
    expect(fresh).toHaveLength(RECOVERY_CODES);
    expect(await give(await halfway(mara), mara.recoveryCodes[0] ?? "")).toMatchObject({
      code: "validation_error",
    });
    expect(await makeRecoveryCodes(mara.actor, later(START, 10 * MINUTE_MS))).toMatchObject({
      code: "confirm_identity",
    });
    expect(await makeRecoveryCodes((await givenPerson()).actor, START)).toMatchObject({
      code: "no_second_factor",
    });
  });
});

describe("an authenticator app", () => {
  test("counts from when its code came back, and its secret is stored encrypted", async () => {
    const person = await givenPerson();
    const { secret, sealed } = mustWork(await startApp(person.actor, START));
    const wrong = await confirmApp(person.actor, { sealed, code: "000000" }, START);
    expect(wrong).toMatchObject({ fieldErrors: { code: [expect.any(String)] } });
    expect((await secondFactorOf(person.actor)).app).toBeNull();
    mustWork(await confirmApp(person.actor, { sealed, code: codeAt(secret, START) }, START));
    const stored = JSON.stringify(await db().authenticatorApp.findMany());
    expect(stored).not.toContain(secret);
    const events = await db().auditEvent.findMany({
      where: { workspaceId: person.actor.workspaceId },
    });
    expect(JSON.stringify(events)).not.toContain(secret);
  });

  test("is not set up with a secret that was made for somebody else, or that nobody made", async () => {
    const [mara, ole] = [await givenPerson(), await givenPerson()];
    const { secret, sealed } = mustWork(await startApp(ole.actor, START));
    for (const given of [
      sealed,
      "",
      "x",
      sealSecret("second factor", ole.actor.userId, secret).slice(1),
    ]) {
      const input = { sealed: given, code: codeAt(secret, START) };
      expect(await confirmApp(mara.actor, input, START)).toMatchObject({ code: "start_again" });
    }
  });

  test("is not added to, replaced or removed without giving it first", async () => {
    const mara = await givenProtected();
    const at = later(START, 11 * MINUTE_MS);
    expect(needsConfirmation(mara.actor, at)).toMatchObject({ code: "confirm_identity" });
    expect(await startApp(mara.actor, at)).toMatchObject({ code: "confirm_identity" });
    expect(await removeApp(mara.actor, at)).toMatchObject({ code: "confirm_identity" });
    mustWork(await confirmByCode(mara.actor, { code: codeAt(mara.secret, at) }, at));
    const confirmed = await actorOf(mara.claims, mara.actor.workspaceId);
    expect(needsConfirmation(confirmed, at)).toBeNull();
    expect(await removeApp(confirmed, at)).toMatchObject({ ok: true });
    expect(await secondFactorOf(confirmed)).toEqual({
      app: null,
      passkeys: [],
      recoveryCodes: null,
    });
    const { email, password } = mara;
    expect(await signIn({ email, password }, TEST_REQUEST, at)).toMatchObject({ ok: true });
  });

  test("that was given in one session is not given in another", async () => {
    const mara = await givenProtected();
    const opened = mustWork(await give(await halfway(mara), codeAt(mara.secret, NEXT)));
    const { email, password } = mara;
    const later11 = later(START, 11 * MINUTE_MS);
    const other = mustWork(await signIn({ email, password }, inBrowserOf(opened), later11));
    if (!("claims" in other)) throw new Error("not let in");
    const actor = await actorOf(other.claims, mara.actor.workspaceId);
    expect(needsConfirmation(actor, later11)).toMatchObject({ code: "confirm_identity" });
    expect(await listSessions(actor, later11)).toHaveLength(3);
  });

  test("whose secret cannot be read after a new AUTH_SECRET leaves the recovery codes", async () => {
    const mara = await givenProtected();
    const secret = env().AUTH_SECRET;
    env().AUTH_SECRET = randomUUID();
    try {
      const code = codeAt(mara.secret, NEXT);
      expect(await give(await halfway(mara), code)).toMatchObject({ code: "validation_error" });
      const [recovery = ""] = mara.recoveryCodes;
      expect(await give(await halfway(mara), recovery)).toMatchObject({ ok: true });
    } finally {
      env().AUTH_SECRET = secret;
    }
  });
});

test("a sealed secret opens for its own user only, and unchanged only", () => {
  const sealed = sealSecret("second factor", "usr_1", "JBSWY3DPEHPK3PXP");
  expect(openSecret("second factor", "usr_1", sealed)).toBe("JBSWY3DPEHPK3PXP");
  expect(openSecret("second factor", "usr_2", sealed)).toBeNull();
  expect(openSecret("second factor", "usr_1", `${sealed.slice(0, -2)}AA`)).toBeNull();
  expect(sealSecret("second factor", "usr_1", "JBSWY3DPEHPK3PXP")).not.toBe(sealed);
});
