import { beforeEach, expect, test } from "vitest";
import { freezeKey } from "@/lib/access/api-keys/changes/freeze-key";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { undoRevoke } from "@/lib/access/api-keys/changes/undo-revoke";
import { verify } from "@/lib/access/api-keys/verification/verify";
import { closeIncident } from "@/lib/access/incidents/changes/close-incident";
import { handOverIncident } from "@/lib/access/incidents/changes/hand-over";
import { noteIncident, setSince } from "@/lib/access/incidents/changes/note-incident";
import { openIncident } from "@/lib/access/incidents/changes/open-incident";
import { replaceKey } from "@/lib/access/incidents/changes/replace-key";
import { mailIncident } from "@/lib/access/incidents/mail-incident";
import {
  getIncident,
  incidentsHandedTo,
  listIncidents,
} from "@/lib/access/incidents/reading/read-incidents";
import { hasUnreadNotices, markNoticesSeen } from "@/lib/access/notices/read-notices";
import type { MemberActor } from "@/lib/people/auth/actor";
import { HOUR_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";
import { givenIncident, replacementInput } from "@/lib/testing/incidents";
import { withMailServer } from "@/lib/testing/with-mail-server";

const mails = withMailServer();
const soon = later(now, HOUR_MS);
let owner: MemberActor;

beforeEach(async () => {
  owner = await givenOwner();
  mails().arrivals.length = 0;
});

test("two who open an incident about a key see to the same one, and each ended one is followed by a new one", async () => {
  const admin = await givenColleague(owner, "admin");
  const { keyId } = await givenKey(owner);
  const open = (actor: MemberActor) => openIncident(actor, { keyId }, now);
  const [one, other] = (await Promise.all([open(owner), open(admin)])).map(mustWork);
  expect(one).toEqual(other);
  expect(await db().incident.count({ where: { keyId } })).toBe(1);
  mustWork(await closeIncident(admin, { incidentId: one?.incidentId ?? "" }, now));
  expect(mustWork(await open(owner))).not.toEqual(one);
  await expect(
    db().incident.updateMany({ where: { keyId }, data: { closedAt: null } }),
  ).rejects.toThrow(/incident_one_open|Unique constraint/);
});

test("who may not manage the key opens, changes and ends nothing", async () => {
  const { keyId, incidentId } = await givenIncident(owner);
  const others = [
    await givenColleague(owner, "viewer"),
    await givenColleague(owner, "marketer"),
    await givenOwner(),
  ];
  for (const actor of others) {
    const answers = [
      await openIncident(actor, { keyId }, now),
      await setSince(actor, { incidentId, since: now }, now),
      await handOverIncident(actor, { incidentId, memberId: owner.memberId }, now),
      await noteIncident(actor, { incidentId, revision: 1, notes: "", affected: "" }, now),
      await replaceKey(actor, replacementInput(incidentId), now),
      await closeIncident(actor, { incidentId }, now),
    ];
    expect(answers.map((answer) => (answer.ok ? "ok" : answer.code))).toEqual(
      answers.map(() => "not_found"),
    );
  }
  const [viewer, marketer, stranger] = others as [MemberActor, MemberActor, MemberActor];
  expect(mustWork(await getIncident(viewer, { incidentId }, now)).canAct).toBe(false);
  for (const actor of [marketer, stranger]) {
    expect(await getIncident(actor, { incidentId }, now)).toMatchObject({ code: "not_found" });
    expect(await listIncidents(actor, now)).toEqual({ open: [], ended: [] });
  }
});

test("a key that was revoked for another reason counts as leaked from then on", async () => {
  const { keyId } = await givenKey(owner);
  mustWork(await revokeKey(owner, { keyId, reason: "no_longer_needed", note: "" }, now));
  mustWork(await openIncident(owner, { keyId }, soon));
  expect(await undoRevoke(owner, { keyId }, soon)).toMatchObject({ code: "leaked" });
});

test("a colleague is handed an incident, and told by mail; only one who may manage the key", async () => {
  const { incidentId } = await givenIncident(owner);
  const admin = await givenColleague(owner, "admin");
  const marketer = await givenColleague(owner, "marketer");
  const hand = (memberId: string) => handOverIncident(owner, { incidentId, memberId }, now);
  for (const memberId of [owner.memberId, marketer.memberId, (await givenOwner()).memberId]) {
    expect(await hand(memberId)).toMatchObject({ code: "no_such_colleague" });
  }
  expect(await hasUnreadNotices(admin)).toBe(false);
  mustWork(await hand(admin.memberId));
  expect(await hasUnreadNotices(admin)).toBe(true);
  mustWork(await markNoticesSeen(admin, { until: now.toISOString() }, now));
  expect(await hasUnreadNotices(admin)).toBe(false);
  expect(await hand(admin.memberId)).toMatchObject({ code: "no_such_colleague" });
  expect(await incidentsHandedTo(admin, now)).toMatchObject([{ id: incidentId }]);
  await mailIncident({ memberId: admin.memberId, incidentId, why: "handed_over" });
  expect(mails().arrivals.map(({ to, mail }) => [to[0], mail.subject])).toEqual([
    [admin.email, "HubSpot sync leaked: see to it, please"],
  ]);
  expect(mails().arrivals[0]?.mail.text).toContain(`/settings/security/incidents/${incidentId}`);
});

test("owners and admins are mailed when an incident is opened, but not who opened it", async () => {
  const admin = await givenColleague(owner, "admin");
  await givenColleague(owner, "marketer");
  const { incidentId } = await givenIncident(owner);
  const { told } = mustWork(await getIncident(owner, { incidentId }, now));
  expect(told).toEqual([admin.name]);
});

test("a time to come is refused, and nobody overwrites what a colleague wrote", async () => {
  const { incidentId } = await givenIncident(owner);
  expect(await setSince(owner, { incidentId, since: soon }, now)).toMatchObject({
    code: "validation_error",
  });
  mustWork(await setSince(owner, { incidentId, since: later(now, -HOUR_MS) }, now));
  const note = (notes: string) =>
    noteIncident(owner, { incidentId, revision: 1, notes, affected: "Nobody" }, now);
  mustWork(await note("First"));
  expect(await note("Second")).toMatchObject({ code: "changed_meanwhile" });
  expect(mustWork(await getIncident(owner, { incidentId }, now))).toMatchObject({
    since: later(now, -HOUR_MS),
    notes: "First",
    affected: "Nobody",
    revision: 2,
  });
});

test("the new key may do as much as the leaked one at most, has its limits and its owner", async () => {
  const marketer = await givenColleague(owner, "marketer");
  const { keyId, incidentId } = await givenIncident(marketer, { scopes: ["contacts:read"] });
  await db().apiKey.update({
    where: { id: keyId },
    data: { ratePerMinute: 7, contactsReadPerDay: 500, forgetBodies: true },
  });
  const wider = replacementInput(incidentId, { scopes: ["contacts:read", "emails:send"] });
  expect(await replaceKey(owner, wider, now)).toMatchObject({ code: "validation_error" });
  const replace = () =>
    replaceKey(owner, replacementInput(incidentId, { allowedAddresses: ["203.0.113.7/32"] }), now);
  const results = await Promise.all([replace(), replace()]);
  expect(results.map((result) => (result.ok ? "made" : result.code)).sort()).toEqual([
    "already_replaced",
    "made",
  ]);
  const made = results.flatMap((result) => (result.ok ? [result.value] : []))[0];
  expect(await db().apiKey.findUniqueOrThrow({ where: { id: made?.keyId ?? "" } })).toMatchObject({
    ownerId: marketer.memberId,
    scopes: ["contacts:read"],
    ratePerMinute: 7,
    contactsReadPerDay: 500,
    forgetBodies: true,
    allowedAddresses: ["203.0.113.7/32"],
  });
  const asked = { scope: null, address: "203.0.113.7" };
  const secret = made?.secret ?? "";
  expect(await verify({ kind: "secret", secret }, asked, now)).toMatchObject({ outcome: "valid" });
  expect(await db().apiKey.count({ where: { workspaceId: owner.workspaceId } })).toBe(2);
});

test("an incident ends once its key is no longer frozen, and stays as it is then", async () => {
  const { keyId, incidentId } = await givenIncident(owner);
  mustWork(await freezeKey(owner, { keyId }, now));
  expect(await closeIncident(owner, { incidentId }, now)).toMatchObject({ code: "still_frozen" });
  mustWork(await revokeKey(owner, { keyId, reason: "compromised", note: "" }, soon));
  expect(mustWork(await getIncident(owner, { incidentId }, soon))).toMatchObject({
    stop: { how: "revoked", at: soon },
    stoppedAt: now,
  });
  mustWork(await closeIncident(owner, { incidentId }, soon));
  const late = { incidentId, revision: 1, notes: "Late", affected: "" };
  expect(await noteIncident(owner, late, soon)).toMatchObject({ code: "closed" });
  expect((await listIncidents(owner, soon)).ended).toMatchObject([{ id: incidentId }]);
});
