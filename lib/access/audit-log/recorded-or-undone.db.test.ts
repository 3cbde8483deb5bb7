import { expect, test } from "vitest";
import { createKey } from "@/lib/access/api-keys/changes/create-key";
import { editKey } from "@/lib/access/api-keys/changes/edit-key";
import { endRotation, extendRotation } from "@/lib/access/api-keys/changes/end-and-extend-rotation";
import { pauseKey, resumeKey } from "@/lib/access/api-keys/changes/pause-key";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { rotateKey } from "@/lib/access/api-keys/changes/rotate-key";
import { removeMember } from "@/lib/access/member-removal/remove-member";
import { changePassword } from "@/lib/people/accounts/change-password";
import { signOutEverywhere } from "@/lib/people/accounts/sign-out-everywhere";
import { signUp } from "@/lib/people/accounts/sign-up";
import type { MemberActor } from "@/lib/people/auth/actor";
import { changeRole } from "@/lib/people/members/change-role";
import { invite, revokeInvitation } from "@/lib/people/members/invite";
import { joinAsNewcomer } from "@/lib/people/members/join";
import { listInvitations } from "@/lib/people/members/list-members";
import { DAY_MS, later } from "@/lib/platform/clock";
import { pool } from "@/lib/platform/database/pool";
import { editInput, givenKey, keyInput, TEST_NOON as now } from "@/lib/testing/api-keys";
import { whoCannotBeRecorded } from "@/lib/testing/audit";
import { givenColleague } from "@/lib/testing/fixtures";
import { givenPerson } from "@/lib/testing/people";

const grace = { kind: "24h" } as const;
const password = "another long password";

type World = Awaited<ReturnType<typeof givenWorld>>;

/** A workspace in which each of the changes finds what it needs. */
async function givenWorld() {
  const person = await givenPerson();
  const owner = person.actor;
  const colleague = await givenColleague(owner, "marketer");
  const invited = await invite(owner, { email: "first@example.com", role: "viewer" }, now);
  const [invitation] = await listInvitations(owner, now);
  if (!invited.ok || !invitation) throw new Error("not invited");
  const key = await givenKey(owner);
  const paused = await givenKey(owner);
  await pauseKey(owner, paused, now);
  const rotating = await givenKey(owner);
  await rotateKey(owner, { ...rotating, currentSecretId: rotating.secretId, grace }, now);
  const token = invited.value.path.slice("/invite/".length);
  return { person, owner, colleague, key, paused, rotating, invitationId: invitation.id, token };
}

type Change = (actor: MemberActor, world: World) => Promise<unknown>;

const changes: Record<string, Change> = {
  "making a key": (actor) => createKey(actor, keyInput(), now),
  "editing a key": async (actor, { key }) =>
    editKey(actor, { ...(await editInput(key.keyId)), name: "Renamed" }, now),
  "handing a key over": async (actor, { key, colleague }) =>
    editKey(actor, { ...(await editInput(key.keyId)), ownerId: colleague.memberId }, now),
  "rotating a key": (actor, { key: { keyId, secretId } }) =>
    rotateKey(actor, { keyId, currentSecretId: secretId, grace }, now),
  "ending a rotation": (actor, { rotating: { keyId, secretId } }) =>
    endRotation(actor, { keyId, secretId }, now),
  "extending a rotation": (actor, { rotating: { keyId, secretId } }) =>
    extendRotation(actor, { keyId, secretId, until: later(now, 2 * DAY_MS) }, now),
  "pausing a key": (actor, { key: { keyId } }) => pauseKey(actor, { keyId }, now),
  "resuming a key": (actor, { paused: { keyId } }) => resumeKey(actor, { keyId }, now),
  "revoking a key": (actor, { key: { keyId } }) =>
    revokeKey(actor, { keyId, reason: "compromised", note: "" }, now),
  "changing a role": (actor, { colleague: { memberId } }) =>
    changeRole(actor, { memberId, role: "admin" }, now),
  "removing a member": (actor, { colleague: { memberId } }) =>
    removeMember(actor, { memberId, heirId: null }, now),
  "inviting, which withdraws an earlier link": (actor) =>
    invite(actor, { email: "first@example.com", role: "admin" }, now),
  "withdrawing an invitation": (actor, { invitationId }) =>
    revokeInvitation(actor, { invitationId }, now),
  joining: (actor, { token }) =>
    joinAsNewcomer({ token, name: "Jo", password }, { ...actor, browserHash: null }, now),
  "changing a password": (actor, { person }) =>
    changePassword(actor, { currentPassword: person.password, newPassword: password }, now),
  "signing out everywhere": (actor) => signOutEverywhere(actor, now),
  "making a workspace": (actor) => {
    const input = { workspaceName: "Second", name: "Jo", email: "jo@example.com", password };
    return signUp(input, { ...actor, browserHash: null }, now, true);
  },
};

/** What each of the tables holds that these changes touch. */
async function digest(): Promise<Record<string, string>> {
  const tables = ["workspace", "app_user", "session", "member", "invitation"];
  const digests = [...tables, "api_key", "api_key_secret", "audit_event"].map(
    (table) => `(SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM ${table} t) AS ${table}`,
  );
  const { rows } = await pool().query(`SELECT ${digests.join(", ")}`);
  return rows[0];
}

test.each(Object.entries(changes))("%s is on record, or it is not done", async (_, change) => {
  const world = await givenWorld();
  const before = await digest();
  await expect(change(whoCannotBeRecorded(world.owner), world)).rejects.toThrow();
  expect(await digest()).toEqual(before);
  expect(await change(world.owner, world)).toMatchObject({ ok: true });
  expect((await digest()).audit_event).not.toBe(before.audit_event);
});
