import { expect, test } from "vitest";
import { removalFacts } from "@/lib/access/member-removal/removal-facts";
import { removeMember } from "@/lib/access/member-removal/remove-member";
import type { MemberActor } from "@/lib/people/auth/actor";
import { changeRole } from "@/lib/people/members/change-role";
import { invite, revokeInvitation } from "@/lib/people/members/invite";
import { listInvitations, listMembers, memberChoices } from "@/lib/people/members/list-members";
import { now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenKey } from "@/lib/testing/api-keys";
import { planted } from "@/lib/testing/audit-givens";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

import type { Role } from "@/prisma/generated/enums";

const ALL_ROLES = ["owner", "admin", "marketer", "viewer"] as const;

type Team = Record<Role, MemberActor>;

async function givenTeam(): Promise<Team> {
  const owner = await givenOwner();
  const admin = await givenColleague(owner, "admin");
  const marketer = await givenColleague(owner, "marketer");
  return { owner, admin, marketer, viewer: await givenColleague(owner, "viewer") };
}

async function roleOf({ memberId }: MemberActor): Promise<Role | null> {
  return (await db().member.findUnique({ where: { id: memberId } }))?.role ?? null;
}

async function invitationOf(actor: MemberActor, role: Role): Promise<string> {
  const email = `${role}.${actor.memberId}@example.com`;
  const made = await invite(actor, { email, role }, now());
  if (!made.ok) throw new Error(made.message);
  const [invitation] = await listInvitations(actor, now());
  return invitation?.id ?? "";
}

/** Everything one can do to members, as `actor`, to what belongs to `team`. */
async function tryEverything(actor: MemberActor, team: Team) {
  const other = await givenColleague(team.owner, "viewer");
  const owner = await givenColleague(team.owner, "owner");
  const invitationId = await invitationOf(team.owner, "viewer");
  const ownersInvitationId = await invitationOf(team.owner, "owner");
  const memberId = other.memberId;
  const outcomes = {
    facts: await removalFacts(actor, { memberId }, now()),
    ownersFacts: await removalFacts(actor, { memberId: owner.memberId }, now()),
    promote: await changeRole(actor, { memberId, role: "marketer" }, now()),
    makeOwner: await changeRole(actor, { memberId, role: "owner" }, now()),
    demoteOwner: await changeRole(actor, { memberId: owner.memberId, role: "viewer" }, now()),
    removeOwner: await removeMember(actor, { memberId: owner.memberId, heirId: null }, now()),
    remove: await removeMember(actor, { memberId, heirId: null }, now()),
    revokeOwners: await revokeInvitation(actor, { invitationId: ownersInvitationId }, now()),
    revoke: await revokeInvitation(actor, { invitationId }, now()),
  };
  return Object.entries(outcomes)
    .filter(([, result]) => result.ok || result.code !== "not_found")
    .map(([name]) => name);
}

const ADMINS = ["facts", "promote", "remove", "revoke"];
const OWNERS = ["ownersFacts", "makeOwner", "demoteOwner"];

test.each([
  // Once made an owner, the colleague is the owner's to remove; the demoted owner is removed as a viewer.
  ["owner", [...ADMINS, ...OWNERS, "removeOwner", "revokeOwners"]],
  ["admin", ADMINS],
  ["marketer", []],
  ["viewer", []],
] as const)("what an actor with the role %s can do to members", async (role, allowed) => {
  const team = await givenTeam();
  expect((await tryEverything(team[role], team)).sort()).toEqual([...allowed].sort());
});

test.each(ALL_ROLES)(
  "to another workspace's %s, its members and invitations do not exist",
  async (role) => {
    const [team, foreign] = [await givenTeam(), await givenTeam()];
    expect(await tryEverything(team[role], foreign)).toEqual([]);
    const list = await listMembers(team[role]);
    expect(list.members.map((member) => member.id)).not.toContain(foreign.owner.memberId);
    expect(await listInvitations(team[role], now())).toEqual([]);
  },
);

test.each([
  ["owner", ["owner", "admin", "marketer", "viewer"]],
  ["admin", ["admin", "marketer", "viewer"]],
  ["marketer", []],
  ["viewer", []],
] as const)("an actor with the role %s can invite %j", async (role, allowed) => {
  const team = await givenTeam();
  for (const invited of ALL_ROLES) {
    const result = await invite(
      team[role],
      { email: `${invited}@example.com`, role: invited },
      now(),
    );
    expect(result.ok ? "made" : result.code).toBe(
      (allowed as readonly Role[]).includes(invited) ? "made" : "not_found",
    );
  }
});

test("a session from before a demotion can do no more than the new role", async () => {
  const team = await givenTeam();
  const second = await givenColleague(team.owner, "owner");
  await changeRole(team.owner, { memberId: second.memberId, role: "viewer" }, now());
  expect(second.role).toBe("owner");
  expect(await tryEverything(second, team)).toEqual(["facts", "ownersFacts"]);
  expect(await invite(second, { email: "friend@example.com", role: "owner" }, now())).toMatchObject(
    {
      code: "not_found",
    },
  );
});

test("the last owner can be neither demoted nor removed", async () => {
  const { owner } = await givenTeam();
  const demoted = await changeRole(owner, { memberId: owner.memberId, role: "admin" }, now());
  expect(demoted).toMatchObject({ code: "last_owner" });
  const removed = await removeMember(owner, { memberId: owner.memberId, heirId: null }, now());
  expect(removed).toMatchObject({ code: "last_owner" });
  expect(await roleOf(owner)).toBe("owner");
});

test("two owners who demote each other at once leave one owner", async () => {
  for (let round = 0; round < 5; round += 1) {
    const one = await givenOwner();
    const other = await givenColleague(one, "owner");
    await Promise.all([
      changeRole(one, { memberId: other.memberId, role: "viewer" }, now()),
      changeRole(other, { memberId: one.memberId, role: "viewer" }, now()),
    ]);
    expect([await roleOf(one), await roleOf(other)].sort()).toEqual(["owner", "viewer"]);
  }
});

test("two owners who step down or remove each other at once leave one owner", async () => {
  const one = await givenOwner();
  const other = await givenColleague(one, "owner");
  await Promise.all([
    changeRole(one, { memberId: one.memberId, role: "viewer" }, now()),
    changeRole(other, { memberId: other.memberId, role: "viewer" }, now()),
    removeMember(one, { memberId: other.memberId, heirId: null }, now()),
    removeMember(other, { memberId: one.memberId, heirId: null }, now()),
  ]);
  const { workspaceId } = one;
  expect(await db().member.count({ where: { workspaceId, role: "owner" } })).toBe(1);
});

test("an owner who steps down keeps this browser signed in, in the new role", async () => {
  const owner = await givenOwner();
  await givenColleague(owner, "owner");
  const result = await changeRole(owner, { memberId: owner.memberId, role: "admin" }, now());
  expect(result).toMatchObject({ ok: true, value: { renewed: { userId: owner.userId } } });
});

test("a change of role is on record, from and to", async () => {
  const { owner, viewer } = await givenTeam();
  await changeRole(owner, { memberId: viewer.memberId, role: "marketer" }, now());
  const event = await db().auditEvent.findFirst({ where: { targetId: viewer.memberId } });
  expect(event).toMatchObject({
    action: "member.role_changed",
    actorName: owner.name,
    targetName: viewer.name,
    changes: { role: { from: "viewer", to: "marketer" } },
  });
});

test("a removed member's keys go on working and belong to the heir", async () => {
  const { owner, admin, marketer } = await givenTeam();
  const { keyId } = await givenKey(marketer);
  const facts = await removalFacts(owner, { memberId: marketer.memberId }, now());
  if (!facts.ok) throw new Error(facts.message);
  expect(facts.value.keys.map((key) => key.id)).toEqual([keyId]);
  expect(facts.value.keyCount).toBe(1);
  expect(facts.value.heirs.map((heir) => heir.id).sort()).toEqual(
    [owner.memberId, admin.memberId].sort(),
  );

  const plan = { memberId: marketer.memberId, heirId: admin.memberId };
  expect(await removeMember(owner, plan, now())).toEqual({
    ok: true,
    value: { keysHandedOver: 1 },
  });
  expect(await roleOf(marketer)).toBeNull();
  const key = await db().apiKey.findUniqueOrThrow({ where: { id: keyId } });
  expect(key).toMatchObject({ ownerId: admin.memberId, revokedAt: null, pausedAt: null });
  const events = await db().auditEvent.findMany({ where: { workspaceId: owner.workspaceId } });
  const actions = events.map((event) => event.action);
  expect(actions).toContain("key.owner_changed");
  expect(actions).toContain("member.removed");
});

test("the keys of a member are counted without decoys", async () => {
  const owner = await givenOwner();
  await givenKey(owner);
  await planted(owner);
  expect((await listMembers(owner)).members).toMatchObject([{ id: owner.memberId, keys: 1 }]);
});

test("without an heir who may have them, nothing is removed", async () => {
  const { owner, marketer, viewer } = await givenTeam();
  const foreign = await givenOwner();
  const { keyId } = await givenKey(marketer);
  const { memberId } = marketer;
  for (const heirId of [null, viewer.memberId, memberId, foreign.memberId, "mem_none"]) {
    const result = await removeMember(owner, { memberId, heirId }, now());
    expect(result).toMatchObject({ code: "heir_required" });
  }
  expect(await roleOf(marketer)).toBe("marketer");
  expect(await db().apiKey.findUniqueOrThrow({ where: { id: keyId } })).toMatchObject({
    ownerId: memberId,
  });
});

test("viewers and marketers see the list, and nothing they could change", async () => {
  const { owner, marketer, viewer } = await givenTeam();
  await invitationOf(owner, "viewer");
  for (const actor of [marketer, viewer]) {
    const { members } = await listMembers(actor);
    expect(members).toHaveLength(4);
    expect(members.filter((member) => member.manageable)).toEqual([]);
    expect(members.filter((member) => member.isYou).map((member) => member.id)).toEqual([
      actor.memberId,
    ]);
    expect(await listInvitations(actor, now())).toEqual([]);
  }
});

test("long lists are read page by page, and choices are only who may", async () => {
  const { owner, admin, marketer } = await givenTeam();
  for (let more = 0; more < 48; more += 1) await givenColleague(owner, "viewer");
  const first = await listMembers(owner);
  const second = await listMembers(owner, { page: 2 });
  expect([first.members.length, first.hasMore]).toEqual([50, true]);
  expect([second.members.length, second.hasMore]).toEqual([2, false]);
  const ids = [...first.members, ...second.members].map(({ id }) => id);
  expect(new Set(ids).size).toBe(52);
  expect((await memberChoices(owner, "keys.manage_own")).map(({ id }) => id).sort()).toEqual(
    [owner, admin, marketer].map(({ memberId }) => memberId).sort(),
  );
});

async function roleOfInvited(team: Team): Promise<string[]> {
  return (await listInvitations(team.owner, now())).map(({ role }) => role).sort();
}

test("nobody comes back by an invitation they left for themselves", async () => {
  const team = await givenTeam();
  const second = await givenColleague(team.owner, "owner");
  await invitationOf(team.owner, "viewer");
  for (const role of ["admin", "marketer"] as const) await invitationOf(team.admin, role);
  for (const role of ["owner", "admin"] as const) await invitationOf(second, role);
  expect(await roleOfInvited(team)).toEqual(["admin", "admin", "marketer", "owner", "viewer"]);

  await changeRole(team.owner, { memberId: second.memberId, role: "admin" }, now());
  expect(await roleOfInvited(team)).toEqual(["admin", "admin", "marketer", "viewer"]);
  await changeRole(team.owner, { memberId: second.memberId, role: "marketer" }, now());
  expect(await roleOfInvited(team)).toEqual(["admin", "marketer", "viewer"]);
  await removeMember(team.owner, { memberId: team.admin.memberId, heirId: null }, now());
  expect(await roleOfInvited(team)).toEqual(["viewer"]);

  const withdrawn = await db().auditEvent.count({
    where: { workspaceId: team.owner.workspaceId, action: "member.invitation_revoked" },
  });
  expect(withdrawn).toBe(4);
});
