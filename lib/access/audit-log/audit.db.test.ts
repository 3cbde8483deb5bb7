import { expect, test } from "vitest";
import { exportAudit } from "@/lib/access/audit-log/export";
import {
  AUDIT_PAGE_SIZE,
  auditPeople,
  getAuditEvent,
  listAuditEvents,
} from "@/lib/access/audit-log/query";
import { auditExportInput, auditQuery } from "@/lib/access/audit-log/schema";
import { removeMember } from "@/lib/access/member-removal/remove-member";
import type { AuditAction } from "@/lib/people/audit/audit-actions";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, later, now } from "@/lib/platform/clock";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

const NOON = new Date("2026-11-20T12:00:00.000Z");

async function happens(
  actor: MemberActor,
  name: string,
  at = NOON,
  action: AuditAction = "key.created",
) {
  const target = { type: "key", id: `key_${name}`, name } as const;
  const changes = { name: { from: null, to: name } };
  await transact((tx) => recordAudit(tx, actor, { action, target, changes }, at));
}

async function namesOf(actor: MemberActor, parameters: Record<string, string>) {
  const result = await listAuditEvents(actor, auditQuery.parse(parameters));
  if (!result.ok) throw new Error(result.message);
  return result.value.events.map((event) => event.target.name);
}

async function textOf(actor: MemberActor, parameters: Record<string, string>): Promise<string> {
  const result = await exportAudit(actor, auditExportInput.parse(parameters), now());
  if (!result.ok) throw new Error(result.message);
  let text = "";
  for await (const piece of result.value) text += piece;
  return text;
}

test("owners and admins read it; to others it does not exist", async () => {
  const owner = await givenOwner();
  await happens(owner, "HubSpot");
  const [event] = await db().auditEvent.findMany({ where: { workspaceId: owner.workspaceId } });
  const id = event?.id ?? "";
  for (const role of ["admin", "marketer", "viewer"] as const) {
    const actor = await givenColleague(owner, role);
    const allowed = role === "admin";
    const input = auditExportInput.parse({ format: "csv" });
    expect((await listAuditEvents(actor, auditQuery.parse({}))).ok).toBe(allowed);
    expect((await getAuditEvent(actor, { id })).ok).toBe(allowed);
    expect((await exportAudit(actor, input, now())).ok).toBe(allowed);
    expect((await auditPeople(actor)).length > 0).toBe(allowed);
  }
});

test("another workspace's events are not there", async () => {
  const [owner, foreign] = [await givenOwner(), await givenOwner()];
  await happens(foreign, "Foreign");
  const event = await db().auditEvent.findFirstOrThrow({
    where: { workspaceId: foreign.workspaceId },
  });
  expect(await namesOf(owner, {})).toEqual([]);
  expect(await getAuditEvent(owner, { id: event.id })).toMatchObject({ code: "not_found" });
  expect(await namesOf(owner, { person: foreign.memberId })).toEqual([]);
  expect(await textOf(owner, { format: "ndjson", target: "Foreign" })).toBe("");
});

test("it is narrowed by person, action, target and days, alone and together", async () => {
  const owner = await givenOwner();
  const admin = await givenColleague(owner, "admin");
  await happens(owner, "HubSpot sync", later(NOON, -2 * DAY_MS));
  await happens(admin, "100% discount_mails", later(NOON, -DAY_MS));
  await happens(admin, "HubSpot sync", NOON, "key.revoked");
  expect(await namesOf(owner, {})).toEqual(["HubSpot sync", "100% discount_mails", "HubSpot sync"]);
  expect(await namesOf(owner, { person: owner.memberId })).toEqual(["HubSpot sync"]);
  expect(await namesOf(owner, { action: "key.revoked" })).toEqual(["HubSpot sync"]);
  expect(await namesOf(owner, { target: "hubspot" })).toHaveLength(2);
  expect(await namesOf(owner, { target: "key_HubSpot sync" })).toHaveLength(2);
  expect(await namesOf(owner, { target: "100%" })).toEqual(["100% discount_mails"]);
  expect(await namesOf(owner, { target: "0_ d" })).toEqual([]);
  expect(await namesOf(owner, { target: "HubSpot", person: admin.memberId })).toHaveLength(1);
  expect(await namesOf(owner, { from: "2026-11-19", to: "2026-11-19" })).toEqual([
    "100% discount_mails",
  ]);
  expect(await namesOf(owner, { from: "2026-11-20" })).toHaveLength(1);
  expect(await namesOf(owner, { to: "2026-11-18" })).toHaveLength(1);
  expect(await namesOf(owner, { from: "0001-01-01", to: "9999-12-31" })).toHaveLength(3);
});

test("pages by cursor: none twice, none left out, also while new events arrive", async () => {
  const owner = await givenOwner();
  const total = 2 * AUDIT_PAGE_SIZE + 7;
  for (let made = 0; made < total; made += 1) await happens(owner, `old ${made}`);
  const seen: string[] = [];
  let before = "";
  do {
    const result = await listAuditEvents(owner, auditQuery.parse({ before, target: "old" }));
    if (!result.ok) throw new Error(result.message);
    seen.push(...result.value.events.map((event) => event.id));
    before = result.value.older ?? "";
    await happens(owner, "old but new", now());
  } while (before);
  expect(new Set(seen).size).toBe(total);
  expect(seen).toHaveLength(total);
});

test("a filter or a cursor that makes no sense is as good as none, never an error", async () => {
  const owner = await givenOwner();
  await happens(owner, "HubSpot");
  const query = auditQuery.parse({
    from: "tomorrow",
    to: "2026-13-45",
    target: "a\0b",
    event: "\0",
    before: "\ud800",
    person: ["x"],
  });
  expect(query).toEqual({
    from: "",
    to: "",
    target: "",
    person: "",
    action: "",
    before: "",
    event: "",
  });
  expect(await namesOf(owner, { before: "zzz" })).toEqual(["HubSpot"]);
  expect(await namesOf(owner, { before: "'; drop table audit_event" })).toEqual([]);
});

test("an export holds the matching events, is defused, and is on record itself", async () => {
  const owner = await givenOwner();
  await happens(owner, "=cmd|'/c calc'!A1");
  await happens(owner, "Other");
  const csv = await textOf(owner, { format: "csv", action: "key.created" });
  const lines = csv.trimEnd().split("\r\n");
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^\uFEFFtime,event_id,person/);
  expect(csv).toContain(",'=cmd|'/c calc'!A1,");
  const json = await textOf(owner, { format: "ndjson", target: "Other" });
  expect(
    json
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).target),
  ).toEqual(["Other"]);
  const exported = await db().auditEvent.findMany({
    where: { workspaceId: owner.workspaceId, action: "audit.exported" },
    orderBy: { id: "asc" },
  });
  expect(exported).toHaveLength(2);
  expect(exported.map(({ changes }) => JSON.stringify(changes)).join()).toContain("ndjson");
  expect(exported.map(({ changes }) => changes)).toMatchObject([
    { rows: { to: 2 } },
    { rows: { to: 1 } },
  ]);
});

test("an export goes past one batch, each event once", async () => {
  const owner = await givenOwner();
  await db().auditEvent.createMany({
    data: Array.from({ length: 1_203 }, (_, at) => ({
      id: `aev_${String(at).padStart(26, "0")}`.replace(
        "aev_",
        `aev_${owner.workspaceId.slice(-4)}`,
      ),
      workspaceId: owner.workspaceId,
      at: NOON,
      actorName: "Mara",
      action: "key.edited",
      targetType: "key",
      targetId: "key_1",
      targetName: "Key",
      changes: {},
    })),
  });
  const json = await textOf(owner, { format: "ndjson", action: "key.edited" });
  const ids = json
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).event_id);
  expect(new Set(ids).size).toBe(1_203);
  expect(ids).toHaveLength(1_203);
});

test("people who were removed can still be asked about", async () => {
  const owner = await givenOwner();
  const former = await givenColleague(owner, "viewer");
  await removeMember(owner, { memberId: former.memberId, heirId: null }, now());
  const people = await auditPeople(owner);
  expect(people.map((person) => person.id).sort()).toEqual(
    [owner.memberId, former.memberId].sort(),
  );
});
