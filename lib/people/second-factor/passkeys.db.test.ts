import { describe, expect, test } from "vitest";
import { forgetWhatEnded } from "@/lib/people/accounts/forget-what-ended";
import { findSession } from "@/lib/people/auth/session-store";
import { signIn } from "@/lib/people/auth/sign-in";
import { addPasskey, startPasskey } from "@/lib/people/second-factor/add-passkey";
import { confirmByPasskey } from "@/lib/people/second-factor/confirm-identity";
import { askPasskey, finishWithPasskey } from "@/lib/people/second-factor/finish-sign-in";
import { startPasskeyProof } from "@/lib/people/second-factor/prove-passkey";
import { RECOVERY_CODES } from "@/lib/people/second-factor/recovery-codes";
import { siteOf } from "@/lib/people/second-factor/site";
import { secondFactorOf } from "@/lib/people/second-factor/status";
import { removeApp, removePasskey } from "@/lib/people/second-factor/turn-off";
import { later, MINUTE_MS, now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { env } from "@/lib/platform/env";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenPasskey, TEST_SITE, TestAuthenticator } from "@/lib/testing/passkeys";
import { actorOf, givenPerson, type Person, TEST_REQUEST } from "@/lib/testing/people";
import { givenApp } from "@/lib/testing/second-factor";

const START = now();
const OTHER_SITE = { origin: "https://keys.example.evil", host: "keys.example.evil" };

async function givenProtected() {
  const person = await givenPerson();
  return { ...person, ...(await givenPasskey(person, START)) };
}

async function halfway({ email, password }: Person): Promise<string> {
  const answer = await signIn({ email, password }, TEST_REQUEST, START);
  if (answer.ok || answer.code !== "second_factor") throw new Error("not asked");
  expect(answer.kinds).toEqual({ app: false, passkey: true });
  return answer.token;
}

const finish = (token: string, answer: ReturnType<TestAuthenticator["sign"]>, at = START) =>
  finishWithPasskey({ token, answer }, TEST_SITE, TEST_REQUEST, at);

describe("a passkey", () => {
  test("is added with recovery codes, and lets its owner in", async () => {
    const mara = await givenProtected();
    expect(mara.recoveryCodes).toHaveLength(RECOVERY_CODES);
    const token = await halfway(mara);
    const question = mustWork(await askPasskey({ token }, TEST_SITE, START));
    expect(question.allowCredentials).toMatchObject([{ id: mara.passkeyId }]);
    const opened = mustWork(await finish(token, mara.authenticator.sign(question)));
    expect(await findSession(opened.claims, null, START)).toMatchObject({
      hasSecondFactor: true,
      confirmedAt: START,
    });
    expect((await secondFactorOf(mara.actor)).passkeys).toMatchObject([{ lastUsedAt: START }]);
  });

  test("answers a question once", async () => {
    const mara = await givenProtected();
    const tokens = [await halfway(mara), await halfway(mara)];
    const question = await startPasskeyProof(mara.actor.userId, TEST_SITE, START);
    const answer = mara.authenticator.sign(question);
    const outcomes = await Promise.all(tokens.map((token) => finish(token, answer)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("answers within five minutes", async () => {
    const mara = await givenProtected();
    const question = await startPasskeyProof(mara.actor.userId, TEST_SITE, START);
    const at = later(START, 5 * MINUTE_MS);
    const answer = mara.authenticator.sign(question);
    expect(await confirmByPasskey(mara.actor, answer, TEST_SITE, at)).toMatchObject({
      code: "wrong_passkey",
    });
    await startPasskeyProof(mara.actor.userId, TEST_SITE, START);
    await forgetWhatEnded(at);
    expect(await db().passkeyChallenge.count()).toBe(0);
  });

  test("of another person does not do, nor the right one's answer to another's question", async () => {
    const [mara, ole] = [await givenProtected(), await givenProtected()];
    const mine = await startPasskeyProof(mara.actor.userId, TEST_SITE, START);
    expect(await finish(await halfway(mara), ole.authenticator.sign(mine))).toMatchObject({
      code: "wrong_passkey",
    });
    const theirs = await startPasskeyProof(ole.actor.userId, TEST_SITE, START);
    expect(await finish(await halfway(mara), mara.authenticator.sign(theirs))).toMatchObject({
      code: "wrong_passkey",
    });
  });

  test("does not do for a made-up question, a wrong signature, or an older counter", async () => {
    const mara = await givenProtected();
    const token = await halfway(mara);
    const made = { challenge: Buffer.alloc(32).toString("base64url") };
    expect(await finish(token, mara.authenticator.sign(made))).toMatchObject({
      code: "wrong_passkey",
    });
    const first = await startPasskeyProof(mara.actor.userId, TEST_SITE, START);
    const answer = mara.authenticator.sign(first);
    const { signature } = mara.authenticator.sign(made).response;
    const forged = { ...answer, response: { ...answer.response, signature } };
    expect(await finish(token, forged)).toMatchObject({ code: "wrong_passkey" });
    mara.authenticator.counter = 8;
    const ninth = await startPasskeyProof(mara.actor.userId, TEST_SITE, START);
    mustWork(await confirmByPasskey(mara.actor, mara.authenticator.sign(ninth), TEST_SITE, START));
    mara.authenticator.counter = 3;
    const copied = await startPasskeyProof(mara.actor.userId, TEST_SITE, START);
    expect(await finish(token, mara.authenticator.sign(copied))).toMatchObject({
      code: "wrong_passkey",
    });
  });

  test("is bound to its site", async () => {
    const person = await givenPerson();
    const { challenge } = mustWork(await startPasskey(person.actor, TEST_SITE, START));
    const phished = new TestAuthenticator(OTHER_SITE).create(challenge);
    expect(await addPasskey(person.actor, phished, TEST_SITE, START)).toMatchObject({
      code: "wrong_passkey",
    });
  });

  test("is added to the account that asked for it, once", async () => {
    const [mara, ole] = [await givenPerson(), await givenPerson()];
    const { challenge } = mustWork(await startPasskey(mara.actor, TEST_SITE, START));
    const made = new TestAuthenticator().create(challenge);
    expect(await addPasskey(ole.actor, made, TEST_SITE, START)).toMatchObject({
      code: "wrong_passkey",
    });
    mustWork(await addPasskey(mara.actor, made, TEST_SITE, START));
    const after = await actorOf(mara.claims, mara.actor.workspaceId);
    expect(await addPasskey(after, made, TEST_SITE, START)).toMatchObject({
      code: "wrong_passkey",
    });
  });

  test("is neither added nor removed without giving the second factor first", async () => {
    const mara = await givenProtected();
    const at = later(START, 11 * MINUTE_MS);
    const { passkeyId } = mara;
    expect(await startPasskey(mara.actor, TEST_SITE, at)).toMatchObject({
      code: "confirm_identity",
    });
    expect(await removePasskey(mara.actor, { passkeyId }, at)).toMatchObject({
      code: "confirm_identity",
    });
    const question = await startPasskeyProof(mara.actor.userId, TEST_SITE, at);
    const answer = mara.authenticator.sign(question);
    mustWork(await confirmByPasskey(mara.actor, answer, TEST_SITE, at));
    const confirmed = await actorOf(mara.claims, mara.actor.workspaceId);
    expect(await removePasskey(confirmed, { passkeyId }, at)).toMatchObject({ ok: true });
    const gone = { app: null, passkeys: [], recoveryCodes: null };
    expect(await secondFactorOf(confirmed)).toEqual(gone);
  });

  test("of another person is not removed", async () => {
    const [mara, ole] = [await givenProtected(), await givenProtected()];
    const { passkeyId } = ole;
    expect(await removePasskey(mara.actor, { passkeyId }, START)).toMatchObject({
      code: "not_found",
    });
  });

  test("keeps the recovery codes when the app beside it goes", async () => {
    const person = await givenPerson();
    const { actor } = await givenPasskey(person, START);
    const both = await givenApp({ actor, claims: person.claims }, START);
    expect(both.recoveryCodes).toEqual([]);
    mustWork(await removeApp(both.actor, START));
    expect((await secondFactorOf(actor)).recoveryCodes?.left).toBe(RECOVERY_CODES);
  });
});

test("the site is APP_URL's, else the one the edge found", () => {
  const headers = new Headers({
    "x-forwarded-host": "localhost:3000",
    "x-forwarded-proto": "http",
    host: "evil.example",
  });
  expect(siteOf(headers)).toEqual({ origin: "http://localhost:3000", host: "localhost" });
  const broken = new Headers({ "x-forwarded-host": "a b" });
  expect(siteOf(broken)).toEqual({ origin: "http://localhost", host: "localhost" });
  env().APP_URL = "https://keys.example.com";
  expect(siteOf(headers)).toEqual(TEST_SITE);
  env().APP_URL = undefined;
});
