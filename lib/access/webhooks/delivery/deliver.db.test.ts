import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  rotateMemberSecret,
  sendMemberAgain,
  sendMemberTest,
} from "@/lib/access/webhooks/changes/member-changes";
import { deliverDue } from "@/lib/access/webhooks/delivery/deliver";
import { saveAmongOthers } from "@/lib/mail/contacts/save-among-others";
import { setUnsubscribed } from "@/lib/mail/contacts/subscription";
import { deleteMemberContact } from "@/lib/mail/erasure/delete-contact";
import type { MemberActor } from "@/lib/people/auth/actor";
import { viewOf } from "@/lib/people/auth/view";
import { DAY_MS, HOUR_MS, later, MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";
import { atomically, db, transact } from "@/lib/platform/database/unit-of-work";
import { env } from "@/lib/platform/env";
import { TEST_NOON } from "@/lib/testing/api-keys";
import { givenOwner } from "@/lib/testing/fixtures";
import { givenWebhook, startReceiver, type TestReceiver } from "@/lib/testing/webhooks";

let receiver: TestReceiver;
let owner: MemberActor;
let at: Date;

beforeAll(async () => {
  receiver = await startReceiver();
  env().WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"];
});
afterAll(async () => {
  env().WEBHOOK_ALLOWED_HOSTS = [];
  await receiver.close();
});
beforeEach(async () => {
  owner = await givenOwner();
  at = TEST_NOON;
  receiver.received = [];
  receiver.answer = () => 204;
});
afterEach(async () => {
  await db().webhook.deleteMany({ where: { workspaceId: owner.workspaceId } });
});

const clock = () => at;
const types = () => receiver.received.map(({ body }) => JSON.parse(body).type);
const ids = () => receiver.received.map(({ headers }) => headers["webhook-id"]);

async function givenContact(email: string): Promise<string> {
  const view = viewOf(owner, "live");
  const item = { email, input: {}, audiences: [] };
  const saved = await saveAmongOthers({ view, item, now: at, existing: "change" });
  if (!saved.ok) throw new Error(saved.message);
  return saved.value.contact.id;
}

async function unsubscribed(contactId: string): Promise<void> {
  const place = { workspaceId: owner.workspaceId, environment: "live" } as const;
  await transact((tx) =>
    setUnsubscribed(tx, { ...place, contactId, unsubscribed: true, by: null }, at),
  );
}

/** Moves the clock past the contact clock, which rises with every change. */
async function deliverAfter(ms = SECOND_MS): Promise<void> {
  at = later(at, ms);
  await deliverDue(clock);
}

test("a receiver hears of an unsubscribe by a signed message, once", async () => {
  const { secret } = await givenWebhook(owner, { url: receiver.url });
  const id = await givenContact("omar@example.com");
  await unsubscribed(id);
  await deliverAfter();
  await deliverAfter();
  expect(types()).toEqual(["contact.unsubscribed"]);
  const [message] = receiver.received;
  const signed = message?.headers["webhook-signature"];
  const expected = new Webhook(secret).sign(
    `${message?.headers["webhook-id"]}`,
    new Date(Number(message?.headers["webhook-timestamp"]) * 1_000),
    message?.body ?? "",
  );
  expect(signed).toBe(expected);
  expect(JSON.parse(message?.body ?? "")).toMatchObject({
    timestamp: expect.stringMatching(/^2026-.*Z$/),
    data: {
      object: "contact",
      id,
      email: "omar@example.com",
      unsubscribed: true,
      changed_by: null,
    },
  });
});

test("what nobody chose, another workspace's and another environment's are not written", async () => {
  await givenWebhook(owner, {
    url: receiver.url,
    environment: "test",
    events: ["contact.created"],
  });
  await givenWebhook(await givenOwner(), { url: receiver.url, events: ["contact.created"] });
  await givenWebhook(owner, { url: receiver.url, events: ["email.bounced"] });
  await givenContact("anna@example.com");
  expect(
    await db().webhookEvent.count({
      where: { webhook: { is: { workspaceId: owner.workspaceId } } },
    }),
  ).toBe(0);
});

test("a change that changes nothing is no event, and opens are none", async () => {
  await givenWebhook(owner, { url: receiver.url, events: ["contact.updated", "contact.created"] });
  const id = await givenContact("anna@example.com");
  await givenContact("anna@example.com");
  await db().contact.update({ where: { id }, data: { lastOpenedAt: at } });
  await deliverAfter();
  expect(types()).toEqual(["contact.created"]);
});

test("an undone change is no event", async () => {
  await givenWebhook(owner, { url: receiver.url, events: ["contact.created"] });
  const undone = atomically(async () => {
    await givenContact("anna@example.com");
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  await deliverAfter();
  expect(types()).toEqual([]);
});

test("after five minutes of absence everything arrives, once and in order for each contact", async () => {
  await givenWebhook(owner, {
    url: receiver.url,
    events: ["contact.created", "contact.unsubscribed", "contact.updated"],
  });
  receiver.answer = () => 503;
  const contacts: string[] = [];
  for (let n = 0; n < 8; n += 1) contacts.push(await givenContact(`person${n}@example.com`));
  for (let n = 0; n < 20; n += 1) await deliverAfter(15 * SECOND_MS);
  for (const id of contacts) await unsubscribed(id);
  const tried = receiver.received.length;
  expect(tried).toBeGreaterThan(5);
  // A receiver that is away costs a message a minute once that is clear.
  expect(tried).toBeLessThan(25);
  receiver.received = [];
  receiver.answer = () => 204;
  await deliverAfter(MINUTE_MS);
  await deliverAfter();
  expect(new Set(ids()).size).toBe(24);
  expect(receiver.received).toHaveLength(24);
  for (const id of contacts) {
    const ofContact = receiver.received.filter(({ body }) => JSON.parse(body).data.id === id);
    expect(ofContact.map(({ body }) => JSON.parse(body).type)).toEqual([
      "contact.created",
      "contact.updated",
      "contact.unsubscribed",
    ]);
  }
});

test("a later event of a contact waits for the one before it, those of others do not", async () => {
  await givenWebhook(owner, { url: receiver.url, events: ["contact.created", "contact.updated"] });
  const [poison, other] = [
    await givenContact("poison@example.com"),
    await givenContact("other@example.com"),
  ];
  receiver.answer = ({ body }) => (JSON.parse(body).data.id === poison ? 500 : 204);
  await deliverAfter();
  await unsubscribed(poison);
  await unsubscribed(other);
  await deliverAfter();
  const heard = receiver.received.map(({ body }) => [
    JSON.parse(body).data.id,
    JSON.parse(body).type,
  ]);
  expect(heard).toContainEqual([other, "contact.updated"]);
  expect(heard).not.toContainEqual([poison, "contact.updated"]);
  receiver.answer = () => 204;
  await deliverAfter(MINUTE_MS);
  expect(types().slice(-2)).toEqual(["contact.created", "contact.updated"]);
});

test("a webhook that fails for three days is switched off, with a record", async () => {
  const { id } = await givenWebhook(owner, { url: receiver.url, events: ["contact.created"] });
  receiver.answer = () => 500;
  await givenContact("anna@example.com");
  for (let hours = 0; hours < 80; hours += 1) await deliverAfter(HOUR_MS);
  const webhook = await db().webhook.findUniqueOrThrow({ where: { id } });
  expect(webhook.offFor).toBe("failing");
  expect(webhook.offSince && webhook.offSince > later(TEST_NOON, 3 * DAY_MS)).toBe(true);
  const events = await db().auditEvent.findMany({
    where: { targetId: id },
    orderBy: { number: "asc" },
  });
  expect(events.map(({ action }) => action)).toEqual(["webhook.created", "webhook.switched_off"]);
  const tried = receiver.received.length;
  expect(tried).toBeGreaterThan(10);
  await deliverAfter(DAY_MS);
  expect(receiver.received).toHaveLength(tried);
});

test("410 switches off at once, and a redirect is a failure", async () => {
  const { id } = await givenWebhook(owner, { url: receiver.url, events: ["contact.created"] });
  receiver.answer = () => 302;
  await givenContact("anna@example.com");
  await deliverAfter();
  expect(receiver.received.map(({ url }) => url)).toEqual(["/hooks"]);
  expect(await db().webhookEvent.findFirst({ where: { webhookId: id } })).toMatchObject({
    state: "waiting",
    tries: 1,
  });
  receiver.answer = () => 410;
  await deliverAfter(MINUTE_MS);
  expect(await db().webhook.findUnique({ where: { id } })).toMatchObject({ offFor: "gone" });
});

test("for a day after a rotation both secrets sign", async () => {
  const { id, secret } = await givenWebhook(owner, { url: receiver.url });
  const rotated = await rotateMemberSecret(owner, { id }, at);
  const fresh = rotated.ok && "secret" in rotated.value ? rotated.value.secret : "";
  const sentBy = async () => {
    await sendMemberTest(owner, { id }, at);
    await deliverAfter();
    const message = receiver.received.at(-1);
    const given = `${message?.headers["webhook-signature"]}`.split(" ");
    const when = new Date(Number(message?.headers["webhook-timestamp"]) * 1_000);
    const signedBy = (one: string) =>
      given.includes(
        new Webhook(one).sign(`${message?.headers["webhook-id"]}`, when, message?.body ?? ""),
      );
    return { old: signedBy(secret), fresh: signedBy(fresh), given: given.length };
  };
  expect(await sentBy()).toEqual({ old: true, fresh: true, given: 2 });
  at = later(at, 25 * HOUR_MS);
  expect(await sentBy()).toEqual({ old: false, fresh: true, given: 1 });
});

test("a message that is sent again has the id it had", async () => {
  const { id } = await givenWebhook(owner, { url: receiver.url, events: ["contact.created"] });
  await givenContact("anna@example.com");
  await deliverAfter();
  const delivery = await db().webhookEvent.findFirstOrThrow({ where: { webhookId: id } });
  await sendMemberAgain(owner, { id, deliveryId: delivery.id }, at);
  await deliverAfter();
  expect(ids()).toEqual([delivery.id, delivery.id]);
});

test("nothing of a deleted contact stays in the log, and the receiver hears that it is deleted", async () => {
  const { id } = await givenWebhook(owner, {
    url: receiver.url,
    events: ["contact.created", "contact.deleted"],
  });
  const contactId = await givenContact("anna@example.com");
  await deliverAfter();
  await deleteMemberContact(owner, { id: contactId, environment: "live" }, at);
  await deliverAfter();
  expect(types()).toEqual(["contact.created", "contact.deleted"]);
  const kept = await db().webhookEvent.findMany({ where: { webhookId: id } });
  expect(kept.map(({ type }) => type)).toEqual(["contact.deleted"]);
  expect(JSON.stringify(kept)).not.toContain("anna");
});
