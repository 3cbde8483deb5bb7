import { beforeEach, expect, test } from "vitest";
import {
  createMemberWebhook,
  deleteMemberWebhook,
  editMemberWebhook,
  rotateMemberSecret,
  sendMemberTest,
  switchOnMemberWebhook,
} from "@/lib/access/webhooks/changes/member-changes";
import { getDelivery, listDeliveries } from "@/lib/access/webhooks/reading/deliveries";
import { getMemberWebhook } from "@/lib/access/webhooks/reading/member-webhooks";
import { deliveriesPageQuery } from "@/lib/access/webhooks/webhook/schema";
import { EVENT_TYPES, type EventType } from "@/lib/access/webhooks/webhook/words";
import { saveAmongOthers } from "@/lib/mail/contacts/save-among-others";
import { deleteMemberContact } from "@/lib/mail/erasure/delete-contact";
import { addSuppression } from "@/lib/mail/suppressions/member-suppressions";
import type { MemberActor } from "@/lib/people/auth/actor";
import { viewOf } from "@/lib/people/auth/view";
import { later, SECOND_MS } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { TEST_NOON as now } from "@/lib/testing/api-keys";
import { MAKE_ACTION } from "@/lib/testing/audit-actions";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";
import { givenPerson } from "@/lib/testing/people";
import { givenWebhook, switchedOff, WEBHOOK } from "@/lib/testing/webhooks";

let owner: MemberActor;

beforeEach(async () => {
  owner = await givenOwner();
});

test.each(["marketer", "viewer"] as const)("a %s sees webhooks and changes none", async (role) => {
  const { id } = await givenWebhook(owner);
  const colleague = await givenColleague(owner, role);
  expect(await getMemberWebhook(colleague, { id })).toMatchObject({ ok: true });
  const refused = await Promise.all([
    createMemberWebhook(colleague, WEBHOOK, now),
    editMemberWebhook(colleague, { ...WEBHOOK, id, updatedAt: now }, now),
    rotateMemberSecret(colleague, { id }, now),
    sendMemberTest(colleague, { id }, now),
    deleteMemberWebhook(colleague, { id }, now),
  ]);
  expect(refused.map((result) => !result.ok && result.code)).toEqual(Array(5).fill("not_found"));
});

test("another workspace neither sees a webhook, nor its deliveries, nor changes it", async () => {
  const { id } = await givenWebhook(owner);
  const sent = await sendMemberTest(owner, { id }, now);
  const deliveryId = sent.ok ? sent.value.deliveryId : "";
  const stranger = await givenOwner();
  const query = deliveriesPageQuery.parse({});
  const webhook = { id, environment: "live" } as const;
  expect((await listDeliveries(owner, webhook, query)).rows).toHaveLength(1);
  expect((await listDeliveries(stranger, webhook, query)).rows).toEqual([]);
  expect(await getDelivery(owner, id, deliveryId)).toMatchObject({ type: "webhook.test" });
  expect(await getDelivery(stranger, id, deliveryId)).toBeNull();
  expect(await getMemberWebhook(stranger, { id })).toMatchObject({ code: "not_found" });
  expect(await deleteMemberWebhook(stranger, { id }, now)).toMatchObject({ code: "not_found" });
});

test("a member with a second factor gives it before data goes elsewhere", async () => {
  const { id } = await givenWebhook(owner);
  const careful = { ...owner, hasSecondFactor: true } as MemberActor;
  const asked = await Promise.all([
    createMemberWebhook(careful, WEBHOOK, now),
    editMemberWebhook(careful, { ...WEBHOOK, id, updatedAt: now }, now),
    rotateMemberSecret(careful, { id }, now),
  ]);
  expect(asked.map((result) => !result.ok && result.code)).toEqual(
    Array(3).fill("confirm_identity"),
  );
});

test("of two who edit at once, the second is told", async () => {
  const { id } = await givenWebhook(owner);
  const edit = { ...WEBHOOK, id, updatedAt: now };
  const then = later(now, SECOND_MS);
  expect(await editMemberWebhook(owner, { ...edit, name: "One" }, then)).toMatchObject({
    ok: true,
  });
  expect(await editMemberWebhook(owner, { ...edit, name: "Two" }, then)).toMatchObject({
    code: "conflict",
  });
});

test("a webhook that is off sends no test until it is on again", async () => {
  const { id } = await switchedOff(owner);
  expect(await sendMemberTest(owner, { id }, now)).toMatchObject({ code: "off" });
  expect(await switchOnMemberWebhook(owner, { id }, now)).toMatchObject({ ok: true });
  expect(await switchOnMemberWebhook(owner, { id }, now)).toMatchObject({
    code: "changed_meanwhile",
  });
  expect(await sendMemberTest(owner, { id }, now)).toMatchObject({ ok: true });
});

/** The actions of the audit log that make an event, each with its type. */
const MADE: [action: keyof typeof MAKE_ACTION, type: EventType][] = [
  ...EVENT_TYPES.filter((type) => type.startsWith("key.")).map(
    (type): [keyof typeof MAKE_ACTION, EventType] => [type as keyof typeof MAKE_ACTION, type],
  ),
  ["campaign.created", "campaign.created"],
  ["campaign.sent", "campaign.started"],
  ["campaign.scheduled", "campaign.scheduled"],
  ["campaign.canceled", "campaign.canceled"],
];

test.each(MADE)("the change %s is the event %s", async (action, type) => {
  const person = await givenPerson();
  const { id } = await givenWebhook(person.actor, { events: [...EVENT_TYPES] });
  await MAKE_ACTION[action](person);
  const events = await db().webhookEvent.findMany({ where: { webhookId: id, type } });
  const { workspaceId } = person.actor;
  const changes = await db().auditEvent.count({ where: { workspaceId, action } });
  expect(changes).toBeGreaterThan(0);
  expect(events).toHaveLength(changes);
  expect(JSON.stringify(events)).not.toMatch(/hash|pstn_live_[0-9A-Za-z]{12}/);
});

test("a complaint is an event, and the contact's deletion takes it out again", async () => {
  const { id } = await givenWebhook(owner, { events: ["email.complained"] });
  const place = { environment: "live" } as const;
  const view = viewOf(owner, "live");
  const item = { email: "anna@example.com", input: {}, audiences: [] };
  const saved = mustWork(await saveAmongOthers({ view, item, now, existing: "change" }));
  const complaint = { ...place, email: "anna@example.com", note: "By phone" } as const;
  mustWork(await addSuppression(owner, { ...complaint, reason: "manual" }, now));
  mustWork(await addSuppression(owner, { ...complaint, reason: "complained" }, now));
  const events = await db().webhookEvent.findMany({ where: { webhookId: id } });
  expect(events).toMatchObject([{ type: "email.complained", data: { email: "anna@example.com" } }]);
  mustWork(await deleteMemberContact(owner, { ...place, id: saved.contact.id }, now));
  expect(await db().webhookEvent.count({ where: { webhookId: id } })).toBe(0);
});
