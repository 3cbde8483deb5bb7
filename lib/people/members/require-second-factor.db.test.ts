import { describe, expect, test } from "vitest";
import { findSession } from "@/lib/people/auth/session-store";
import { signIn } from "@/lib/people/auth/sign-in";
import {
  isSecondFactorRequired,
  requireSecondFactor,
} from "@/lib/people/members/require-second-factor";
import { removeApp, removePasskey } from "@/lib/people/second-factor/turn-off";
import { later, MINUTE_MS, now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenColleague } from "@/lib/testing/fixtures";
import { givenPasskey } from "@/lib/testing/passkeys";
import { actorOf, givenPerson, type Person, TEST_REQUEST } from "@/lib/testing/people";
import { givenApp } from "@/lib/testing/second-factor";

const START = now();
const required = true;

/** A workspace that requires a second factor, whose owner has one and whose colleague has none. */
async function givenStrict() {
  const mara = await givenPerson();
  const owner = { ...mara, ...(await givenApp(mara, START)) };
  const ole = await givenPerson();
  const { workspaceId } = owner.actor;
  const place = {
    workspaceId,
    userId: ole.actor.userId,
    role: "viewer",
    createdAt: START,
  } as const;
  await db().member.create({ data: { id: newId("mem", START), ...place } });
  mustWork(await requireSecondFactor(owner.actor, { required }, later(START, MINUTE_MS)));
  return { owner, ole };
}

const AFTER = later(START, 2 * MINUTE_MS);

async function signedIn({ email, password }: Person) {
  return mustWork(await signIn({ email, password }, TEST_REQUEST, AFTER)).claims;
}

describe("a workspace that requires a second factor", () => {
  test("wants one of whoever signs in from then on, and of nobody before", async () => {
    const { owner, ole } = await givenStrict();
    const { workspaceId } = owner.actor;
    const before = await findSession(ole.claims, workspaceId, AFTER);
    expect(before).toMatchObject({ needsSecondFactor: false, hasSecondFactor: false });
    const claims = await signedIn(ole);
    const session = await findSession(claims, workspaceId, AFTER);
    expect(session).toMatchObject({ needsSecondFactor: true, hasSecondFactor: false });
    await givenApp({ actor: await actorOf(claims, workspaceId), claims }, AFTER);
    expect(await findSession(claims, workspaceId, AFTER)).toMatchObject({ hasSecondFactor: true });
  });

  test("wants none in another workspace of the same person", async () => {
    const { ole } = await givenStrict();
    const session = await findSession(await signedIn(ole), ole.actor.workspaceId, AFTER);
    expect(session).toMatchObject({ needsSecondFactor: false });
  });

  test("keeps its members from removing their last one", async () => {
    const { owner } = await givenStrict();
    expect(await removeApp(owner.actor, START)).toMatchObject({ code: "required" });
    const { actor, passkeyId } = await givenPasskey(owner, START);
    expect(await removeApp(actor, START)).toMatchObject({ ok: true });
    expect(await removePasskey(actor, { passkeyId }, START)).toMatchObject({ code: "required" });
    mustWork(await requireSecondFactor(actor, { required: false }, START));
    expect(await removePasskey(actor, { passkeyId }, START)).toMatchObject({ ok: true });
  });

  test("of two factors removed at once, one stays", async () => {
    const { owner } = await givenStrict();
    const { actor, passkeyId } = await givenPasskey(owner, START);
    const removals = [removeApp(actor, START), removePasskey(actor, { passkeyId }, START)];
    expect((await Promise.all(removals)).filter(({ ok }) => ok)).toHaveLength(1);
  });
});

test("who has none does not require one of others", async () => {
  const { actor } = await givenPerson();
  expect(await requireSecondFactor(actor, { required }, START)).toMatchObject({
    code: "set_up_first",
  });
  expect(await isSecondFactorRequired(actor)).toBe(false);
});

test.each(["marketer", "viewer"] as const)("a %s does not decide about it", async (role) => {
  const { actor } = await givenPerson();
  const colleague = await givenColleague(actor, role);
  expect(await requireSecondFactor(colleague, { required: false }, START)).toMatchObject({
    code: "not_found",
  });
});

test("it is decided with a second factor that was just given", async () => {
  const { owner } = await givenStrict();
  const later11 = later(START, 11 * MINUTE_MS);
  expect(await requireSecondFactor(owner.actor, { required: false }, later11)).toMatchObject({
    code: "confirm_identity",
  });
});
