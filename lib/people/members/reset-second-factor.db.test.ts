import { describe, expect, test } from "vitest";
import { findSession } from "@/lib/people/auth/session-store";
import { signIn } from "@/lib/people/auth/sign-in";
import { mailSecondFactorReset } from "@/lib/people/members/mail-second-factor-reset";
import {
  resetSecondFactor,
  resetSecondFactorByEmail,
} from "@/lib/people/members/reset-second-factor";
import { secondFactorOf } from "@/lib/people/second-factor/status";
import { later, MINUTE_MS, now } from "@/lib/platform/clock";
import { pool } from "@/lib/platform/database/pool";
import { db } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";
import { givenPasskey } from "@/lib/testing/passkeys";
import { givenPerson, TEST_REQUEST } from "@/lib/testing/people";
import { givenApp } from "@/lib/testing/second-factor";
import { withMailServer } from "@/lib/testing/with-mail-server";
import type { Role } from "@/prisma/generated/enums";

const START = now();

/** A person with a second factor in the owner's workspace, and in no other. */
async function givenMember(role: Role = "marketer") {
  const owner = await givenOwner();
  const person = await givenPerson();
  const { app, ...rest } = { app: await givenApp(person, START), ...person };
  await givenPasskey({ ...person, actor: app.actor }, START);
  const { workspaceId } = owner;
  await db().member.updateMany({
    where: { id: person.actor.memberId },
    data: { workspaceId, role },
  });
  return { owner, ...rest, memberId: person.actor.memberId };
}

const NOTHING = { app: null, passkeys: [], recoveryCodes: null };

test("an owner resets a colleague's, who is signed out and needs the password alone", async () => {
  const { owner, memberId, ...mara } = await givenMember();
  expect(await resetSecondFactor(owner, { memberId }, START)).toMatchObject({ ok: true });
  expect(await secondFactorOf(mara.actor)).toEqual(NOTHING);
  expect(await findSession(mara.claims, null, START)).toBeNull();
  const { email, password } = mara;
  expect(await signIn({ email, password }, TEST_REQUEST, START)).toMatchObject({ ok: true });
  expect(await resetSecondFactor(owner, { memberId }, START)).toMatchObject({
    code: "no_second_factor",
  });
});

test.each([
  ["admin", "marketer", true],
  ["admin", "owner", false],
  ["marketer", "viewer", false],
  ["viewer", "viewer", false],
] as const)("a %s resets that of a %s: %s", async (role, of, may) => {
  const { owner, memberId } = await givenMember(of);
  const actor = await givenColleague(owner, role);
  const reset = await resetSecondFactor(actor, { memberId }, START);
  expect(reset.ok ? "reset" : reset.code).toBe(may ? "reset" : "not_found");
});

test("nobody resets that of a person in a workspace that is not theirs", async () => {
  const { owner, memberId, actor } = await givenMember();
  const stranger = await givenOwner();
  expect(await resetSecondFactor(stranger, { memberId }, START)).toMatchObject({
    code: "not_found",
  });
  const place = { workspaceId: stranger.workspaceId, role: "viewer", createdAt: START } as const;
  const data = { id: newId("mem", START), userId: actor.userId, ...place };
  await db().member.create({ data });
  expect(await resetSecondFactor(owner, { memberId }, START)).toMatchObject({ code: "elsewhere" });
  expect((await secondFactorOf(actor)).app).not.toBeNull();
});

test("who has a second factor gives it first", async () => {
  const { owner, memberId } = await givenMember();
  const careful = { ...owner, hasSecondFactor: true, confirmedAt: later(START, -10 * MINUTE_MS) };
  const reset = resetSecondFactor(careful as typeof owner, { memberId }, START);
  expect(await reset).toMatchObject({ code: "confirm_identity" });
});

test("an operator resets anybody's by email, on record in each of their workspaces", async () => {
  const { owner, actor, email, memberId: targetId } = await givenMember();
  mustWork(await resetSecondFactorByEmail(email, START));
  expect(await secondFactorOf(actor)).toEqual(NOTHING);
  const events = await db().auditEvent.findMany({
    where: { workspaceId: owner.workspaceId, action: "member.second_factor_reset" },
  });
  expect(events).toMatchObject([{ actorId: null, actorName: "Whoever runs Postern", targetId }]);
  expect(await resetSecondFactorByEmail("nobody@example.com", START)).toMatchObject({
    code: "not_found",
  });
});

describe("with a mail server", () => {
  const mailServer = withMailServer();

  test("the person is told by mail, once, and by whom", async () => {
    const { owner, memberId, ...mara } = await givenMember();
    const reset = await resetSecondFactor(owner, { memberId }, START);
    expect(reset).toMatchObject({ ok: true, value: { isMailed: true } });
    const { rows } = await pool().query(
      `SELECT payload FROM graphile_worker._private_jobs WHERE payload->>'userId' = $1`,
      [mara.actor.userId],
    );
    expect(rows).toEqual([{ payload: { userId: mara.actor.userId, by: "colleague" } }]);
    await mailSecondFactorReset(mara.actor.userId, "colleague");
    const [mail] = mailServer().arrivals;
    expect(mail?.to).toEqual([mara.email]);
    expect(mail?.mail.text).toContain("an owner or admin of your workspace");
    expect(mail?.mail.text).toContain("https://keys.example.com/settings/account");
  });
});
