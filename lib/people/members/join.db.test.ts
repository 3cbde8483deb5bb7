import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { MemberActor } from "@/lib/people/auth/actor";
import { findSession } from "@/lib/people/auth/session-store";
import { invite, revokeInvitation } from "@/lib/people/members/invite";
import { findInvitation, joinAsNewcomer, joinWithAccount } from "@/lib/people/members/join";
import { listInvitations } from "@/lib/people/members/list-members";
import { DAY_MS, later, now, SECOND_MS } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenOwner } from "@/lib/testing/fixtures";
import { givenPerson, TEST_REQUEST } from "@/lib/testing/people";
import { withMailServer } from "@/lib/testing/with-mail-server";

const password = "correct horse battery";
const name = "Ana Ruiz";

async function givenInvitation(owner: MemberActor, email = `${randomUUID()}@example.com`) {
  const made = await invite(owner, { email, role: "marketer" }, now());
  if (!made.ok) throw new Error(made.message);
  return { email, token: made.value.path.replace("/invite/", "") };
}

describe("where there is a mail server", () => {
  const server = withMailServer();

  test("the person invited is mailed the link", async () => {
    const owner = await givenOwner();
    const made = await invite(owner, { email: "jo@example.com", role: "viewer" }, now());
    expect(made).toMatchObject({ value: { mail: "sent" } });
    const [arrival] = server().arrivals;
    expect(arrival?.to).toEqual(["jo@example.com"]);
    expect(arrival?.mail.subject).toBe(`${owner.name} invited you to ${owner.workspaceName}`);
    expect(arrival?.mail.text).toContain(`https://keys.example.com${made.ok && made.value.path}`);
    expect(arrival?.mail.text).toContain(", as viewer.");
  });

  test("a mail that the server refuses is said, and the link works all the same", async () => {
    server().answers.recipient = () => ({ code: 550, text: "no such user" });
    const owner = await givenOwner();
    const made = await invite(owner, { email: "al@example.com", role: "viewer" }, now());
    server().answers.recipient = () => undefined;
    if (!made.ok) throw new Error(made.message);
    expect(made.value.mail).toBe("failed");
    const token = made.value.path.replace("/invite/", "");
    expect(await findInvitation(token, now())).toMatchObject({ state: "open" });
  });

  test("a workspace mails no more than fifty in a quarter of an hour", async () => {
    const owner = await givenOwner();
    const mailTo = async (count: number) => {
      const made = await invite(owner, { email: `${count}@example.com`, role: "viewer" }, now());
      return made.ok && made.value.mail;
    };
    const mails = await Promise.all(Array.from({ length: 50 }, (_, count) => mailTo(count)));
    expect(mails.filter((mail) => mail === "sent")).toHaveLength(50);
    expect(await mailTo(50)).toBe("failed");
  });
});

test("without a mail server, nobody is mailed", async () => {
  const made = await invite(await givenOwner(), { email: "jo@example.com", role: "viewer" }, now());
  expect(made).toMatchObject({ value: { mail: "none" } });
});

test("a newcomer joins by the link, in the role chosen, signed in and on record", async () => {
  const owner = await givenOwner();
  const { email, token } = await givenInvitation(owner);
  expect(await findInvitation(token, now())).toMatchObject({
    state: "open",
    email,
    role: "marketer",
    workspaceName: owner.workspaceName,
    invitedBy: owner.name,
    hasAccount: false,
  });
  const result = await joinAsNewcomer({ token, name, password }, TEST_REQUEST, now());
  if (!result.ok) throw new Error(result.message);
  const session = await findSession(result.value.claims, null, now());
  expect(session).toMatchObject({ email, name, role: "marketer", workspaceId: owner.workspaceId });
  const event = await db().auditEvent.findFirst({
    where: { action: "member.joined", actorName: name },
  });
  expect(event).toMatchObject({ actorId: session?.memberId, workspaceId: owner.workspaceId });
  expect(await findInvitation(token, now())).toEqual({ state: "used" });
});

test("of twenty who use a link at once, one joins", async () => {
  const owner = await givenOwner();
  const { token } = await givenInvitation(owner);
  const results = await Promise.all(
    Array.from({ length: 20 }, () =>
      joinAsNewcomer({ token, name, password }, TEST_REQUEST, now()),
    ),
  );
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  const refusals = results.filter((result) => !result.ok);
  expect(refusals.every((result) => !result.ok && result.code === "invitation_gone")).toBe(true);
  expect(await db().member.count({ where: { workspaceId: owner.workspaceId } })).toBe(2);
});

test("its token is stored nowhere", async () => {
  const owner = await givenOwner();
  const { token, email } = await givenInvitation(owner);
  const stored = await db().invitation.findFirstOrThrow({ where: { email } });
  const events = await db().auditEvent.findMany({ where: { workspaceId: owner.workspaceId } });
  expect(JSON.stringify([stored, events])).not.toContain(token);
  expect(stored.tokenHash).toMatch(/^[0-9a-f]{64}$/);
});

test("it expires after seven days", async () => {
  const { token } = await givenInvitation(await givenOwner());
  expect(await findInvitation(token, later(now(), 7 * DAY_MS - 5 * SECOND_MS))).toMatchObject({
    state: "open",
  });
  const after = later(now(), 7 * DAY_MS + SECOND_MS);
  expect(await findInvitation(token, after)).toEqual({ state: "expired" });
  const result = await joinAsNewcomer({ token, name, password }, TEST_REQUEST, after);
  expect(result).toMatchObject({ code: "invitation_gone" });
});

test("it can be revoked, once, and then lets nobody in", async () => {
  const owner = await givenOwner();
  const { token } = await givenInvitation(owner);
  const [invitation] = await listInvitations(owner, now());
  const input = { invitationId: invitation?.id ?? "" };
  expect(await revokeInvitation(owner, input, now())).toMatchObject({ ok: true });
  expect(await revokeInvitation(owner, input, now())).toMatchObject({ code: "not_found" });
  expect(await findInvitation(token, now())).toEqual({ state: "revoked" });
  const result = await joinAsNewcomer({ token, name, password }, TEST_REQUEST, now());
  expect(result).toMatchObject({ code: "invitation_gone" });
});

test("a new link for the same email replaces the old one", async () => {
  const owner = await givenOwner();
  const first = await givenInvitation(owner);
  const second = await givenInvitation(owner, first.email);
  expect(await findInvitation(first.token, now())).toEqual({ state: "revoked" });
  expect(await findInvitation(second.token, now())).toMatchObject({ state: "open" });
  expect(await listInvitations(owner, now())).toHaveLength(1);
});

test("a person with an account joins with its password, and has both workspaces", async () => {
  const person = await givenPerson();
  const owner = await givenOwner();
  const { token } = await givenInvitation(owner, person.email);
  expect(await findInvitation(token, now())).toMatchObject({ hasAccount: true });
  const asNew = await joinAsNewcomer({ token, name, password }, TEST_REQUEST, now());
  expect(asNew).toMatchObject({ code: "account_exists" });
  const wrong = await joinWithAccount({ token, password: "wrong" }, TEST_REQUEST, now());
  expect(wrong).toMatchObject({ code: "validation_error" });

  const result = await joinWithAccount({ token, password: person.password }, TEST_REQUEST, now());
  if (!result.ok) throw new Error(result.message);
  const { claims, workspaceId } = result.value;
  expect(await findSession(claims, workspaceId, now())).toMatchObject({ role: "marketer" });
  expect(await findSession(claims, person.actor.workspaceId, now())).toMatchObject({
    role: "owner",
  });
});

test("a refused attempt leaves the invitation as it was", async () => {
  const { token } = await givenInvitation(await givenOwner());
  const common = await joinAsNewcomer(
    { token, name, password: "qwertyqwerty" },
    TEST_REQUEST,
    now(),
  );
  expect(common).toMatchObject({ code: "validation_error" });
  expect(await findInvitation(token, now())).toMatchObject({ state: "open" });
});

test("who is a member is not invited again", async () => {
  const owner = await givenOwner();
  const result = await invite(owner, { email: owner.email, role: "viewer" }, now());
  expect(result).toMatchObject({
    code: "already_member",
    fieldErrors: { email: [expect.any(String)] },
  });
});

test("a token that nobody made opens nothing", async () => {
  const token = "A".repeat(43);
  expect(await findInvitation(token, now())).toEqual({ state: "unknown" });
  expect(await joinWithAccount({ token, password }, TEST_REQUEST, now())).toMatchObject({
    code: "invitation_gone",
  });
});
