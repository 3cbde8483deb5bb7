import { beforeEach, expect, test, vi } from "vitest";
import { DELETED_EMAIL, DELETED_MAILBOX } from "@/lib/mail/address/deleted-contact";
import { emailHash } from "@/lib/mail/address/email-hash";
import { campaignReport } from "@/lib/mail/campaigns/report";
import { sendToAudience } from "@/lib/mail/campaigns/send-to-audience";
import { raiseContactClock } from "@/lib/mail/contacts/change-clock";
import { deliverEmail } from "@/lib/mail/emails/deliver-email";
import { forgetAllRecipients } from "@/lib/mail/emails/forget-recipients";
import { deliveryKey, type NewEmail, queueEmails } from "@/lib/mail/emails/queue-emails";
import { deleteContact, deleteMemberContact } from "@/lib/mail/erasure/delete-contact";
import { FIRST_PART } from "@/lib/mail/erasure/forget-in-emails";
import { addSuppression } from "@/lib/mail/suppressions/member-suppressions";
import { signLink } from "@/lib/mail/tracking/signed-links";
import { resubscribe, subscriptionOf, unsubscribe } from "@/lib/mail/tracking/unsubscribe";
import type { MemberActor } from "@/lib/people/auth/actor";
import { viewOf } from "@/lib/people/auth/view";
import { HOUR_MS, later, now } from "@/lib/platform/clock";
import { isEmbeddedDatabase, pool } from "@/lib/platform/database/pool";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenList, givenSendingCampaign } from "@/lib/testing/campaigns";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";
import { withDelivery } from "@/lib/testing/with-delivery";

const delivery = withDelivery();

const ANNA = "person-0@example.com";

let owner: MemberActor;
let audienceId: string;
let contactId: string;

beforeEach(async () => {
  owner = await givenOwner();
  const list = await givenList(owner, 2);
  audienceId = list.audienceId;
  contactId = list.contactIds[0] ?? "";
});

async function queued(values: Partial<NewEmail> = {}, copies = 1): Promise<string[]> {
  const emails = Array.from({ length: copies }, () => ({
    id: newId("eml", now()),
    workspaceId: owner.workspaceId,
    environment: "live" as const,
    from: "shop@example.com",
    to: [ANNA],
    subject: "Your order",
    html: `<p>Dear ${ANNA}</p>`,
    ...values,
  }));
  await transact((tx) => queueEmails(tx, emails, now()));
  return emails.map(({ id }) => id);
}

async function deleteAnna(): Promise<void> {
  mustWork(await deleteContact(viewOf(owner, "live"), { id: contactId }, now()));
}

async function emailOf(id = "") {
  return await db().email.findUniqueOrThrow({ where: { id }, include: { content: true } });
}

async function eventsOf(emailId = "") {
  const rows = await db().emailEvent.findMany({ where: { emailId }, orderBy: { id: "asc" } });
  return rows.map(({ type, detail }) => ({ type, detail }));
}

async function isWaiting(id = ""): Promise<boolean> {
  const jobs = "SELECT FROM graphile_worker.jobs WHERE key = $1";
  return ((await pool().query(jobs, [deliveryKey(id)])).rowCount ?? 0) > 0;
}

test("an email to a deleted contact alone is canceled, and says why; one to others goes on to them", async () => {
  const [alone] = await queued();
  const [shared] = await queued({ to: [ANNA, "Bo <bo@example.com>"], replyTo: [ANNA] });
  await deleteAnna();
  expect(await emailOf(alone)).toMatchObject({
    status: "canceled",
    to: [DELETED_MAILBOX],
    subject: "",
    content: null,
  });
  expect((await eventsOf(alone)).at(-1)).toEqual({
    type: "canceled",
    detail: { reason: "contact_deleted" },
  });
  expect([await isWaiting(alone), await isWaiting(shared)]).toEqual([false, true]);
  expect(await emailOf(shared)).toMatchObject({
    status: "queued",
    recipients: ["bo@example.com", DELETED_EMAIL],
    subject: "",
  });

  await deliverEmail(shared ?? "", now, delivery().server);
  const [{ to, mail, raw } = { to: [], mail: null, raw: "" }] = delivery().smtp.arrivals;
  expect(to).toEqual(["bo@example.com"]);
  expect(mail?.subject).toBe("Your order");
  expect(raw).not.toContain(DELETED_EMAIL);
  expect(raw).not.toMatch(/reply-to/i);
  expect(await emailOf(shared)).toMatchObject({
    status: "delivered",
    content: null,
    contentGone: "contact_deleted",
  });
  expect(await eventsOf(shared)).toContainEqual({
    type: "suppressed",
    detail: { recipients: [DELETED_EMAIL], reason: "contact_deleted" },
  });
});

test("an email on its way is seen to when its hand-over has ended", async () => {
  const [id] = await queued();
  let isAsked = () => {};
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  delivery().smtp.answers.message = async () => {
    isAsked();
    await held;
    return { code: 550, text: `5.1.1 <${ANNA}> unknown` };
  };
  const handedOver = deliverEmail(id ?? "", now, delivery().server);
  await asked;
  await deleteAnna();
  expect(await emailOf(id)).toMatchObject({ to: [ANNA], contentGone: null });
  answer();
  await handedOver;
  expect(await emailOf(id)).toMatchObject({
    status: "bounced",
    to: [DELETED_MAILBOX],
    content: null,
  });
  expect(JSON.stringify(await eventsOf(id))).not.toContain(ANNA);
  expect(await db().forgottenRecipient.count()).toBe(0);
});

test("an email that was not taken goes to a deleted contact no more", async () => {
  delivery().smtp.answers.recipient = (email) => {
    return email === ANNA ? { code: 451, text: `4.2.0 <${ANNA}> later` } : undefined;
  };
  const [id] = await queued({ to: [ANNA, "bo@example.com"] });
  await deliverEmail(id ?? "", now, delivery().server);
  expect(await emailOf(id)).toMatchObject({ status: "delayed" });
  await deleteAnna();
  expect(await emailOf(id)).toMatchObject({ status: "delivered", content: null, subject: "" });
  expect(JSON.stringify(await eventsOf(id))).not.toContain(ANNA);
  expect(await isWaiting(id)).toBe(false);
});

test("of very many emails the first are seen to at once and a job sees to the rest, however they are cut", async () => {
  const ids = await queued({}, FIRST_PART + 5);
  await deleteAnna();
  const named = () => db().email.count({ where: { id: { in: ids }, recipients: { has: ANNA } } });
  expect(await named()).toBe(5);
  const { rows } = await pool().query(
    "SELECT FROM graphile_worker.jobs WHERE key = 'forget-recipients'",
  );
  expect(rows).toHaveLength(1);
  // An email whose turn comes before the job's is not delivered either.
  const next = await db().email.findFirstOrThrow({
    where: { id: { in: ids }, recipients: { has: ANNA } },
  });
  await deliverEmail(next.id, now, delivery().server);
  expect([await named(), delivery().smtp.arrivals.length]).toEqual([4, 0]);
  await forgetAllRecipients(now(), 2);
  expect([await named(), await db().forgottenRecipient.count()]).toEqual([0, 0]);
});

test.skipIf(isEmbeddedDatabase())(
  "changes of contacts go on while its emails are noted, and those made meanwhile are forgotten too",
  async () => {
    const { workspaceId } = owner;
    const [before] = await queued();
    const holder = await pool().connect();
    await holder.query("BEGIN");
    const hash = emailHash(workspaceId, ANNA);
    await holder.query("INSERT INTO forgotten_recipient VALUES ($1, $2)", [before, hash]);
    const deletion = deleteAnna();
    await vi.waitFor(async () => {
      const { rowCount } = await pool().query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database()
         AND wait_event_type = 'Lock' AND query LIKE '%noted AS%'`,
      );
      expect(rowCount).toBe(1);
    });
    const at = now();
    expect(await transact((tx) => raiseContactClock(tx, workspaceId, "live", at))).toBeTruthy();
    const [meanwhile] = await queued();
    await holder.query("ROLLBACK");
    holder.release();
    await deletion;
    for (const id of [before, meanwhile]) {
      expect(await emailOf(id)).toMatchObject({ to: [DELETED_MAILBOX], status: "canceled" });
    }
  },
);

test("a campaign's message to a deleted contact is canceled, and its counts add up", async () => {
  const campaignId = await givenSendingCampaign(owner, { audienceId });
  await sendToAudience(campaignId, now);
  await deleteAnna();
  const report = mustWork(await campaignReport(viewOf(owner, "live"), campaignId));
  expect(report).toMatchObject({ recipients: 2, canceled: 1, waiting: 1, delivered: 0 });
});

test("the unsubscribe link in an email goes on working, by the hash of the mailbox", async () => {
  const campaignId = await givenSendingCampaign(owner, { audienceId });
  await sendToAudience(campaignId, now);
  const { id: emailId } = await db().email.findFirstOrThrow({ where: { campaignId, contactId } });
  await deliverEmail(emailId, now, delivery().server);
  await deleteAnna();
  const link = { emailId, signature: signLink({ purpose: "unsubscribe", emailId }) };
  expect(await subscriptionOf(link)).toMatchObject({
    value: { recipient: null, unsubscribed: false },
  });
  await unsubscribe(link, now());
  expect(await subscriptionOf(link)).toMatchObject({ value: { unsubscribed: true } });
  const { workspaceId } = owner;
  expect(await db().suppression.findMany({ where: { workspaceId } })).toMatchObject([
    { reason: "unsubscribed", email: null, emailHash: emailHash(workspaceId, ANNA) },
  ]);
  await resubscribe(link, now());
  expect(await db().suppression.count({ where: { workspaceId } })).toBe(0);
});

test("an email sent to the same mailbox later is new data", async () => {
  await queued();
  await deleteAnna();
  const [again] = await queued();
  await forgetAllRecipients(later(now(), HOUR_MS));
  expect(await emailOf(again)).toMatchObject({
    to: [ANNA],
    subject: "Your order",
    status: "queued",
  });
});

test("the other environment and other workspaces keep theirs", async () => {
  const [test] = await queued({ environment: "test" });
  const other = await givenOwner();
  const [theirs] = await queued({ workspaceId: other.workspaceId });
  await deleteAnna();
  for (const id of [test, theirs]) expect(await emailOf(id)).toMatchObject({ to: [ANNA] });
});

test("the audit log stays as it is where it names a longer email that ends alike", async () => {
  const entry = { environment: "live", email: "bo@example.com", note: `not ${ANNA}` } as const;
  const alike = { ...entry, email: "cy@example.com", note: `o${ANNA}` };
  mustWork(await addSuppression(owner, entry, now()));
  mustWork(await addSuppression(owner, alike, now()));
  await deleteAnna();
  const { workspaceId } = owner;
  const events = await db().auditEvent.findMany({
    where: { workspaceId },
    orderBy: { number: "asc" },
  });
  const [named, longer, redaction] = events;
  expect(named).toMatchObject({ targetName: "b…@example.com" });
  expect(named?.changes).toMatchObject({ note: { to: `not ${DELETED_EMAIL}` } });
  expect(longer?.changes).toMatchObject({ note: { to: `o${ANNA}` } });
  expect(redaction?.changes).toEqual({
    entries: { from: null, to: [expect.stringContaining(`${named?.id}:`)] },
  });
});

test("a member deletes a contact, which is recorded by its id; a viewer does not", async () => {
  const viewer = await givenColleague(owner, "viewer");
  const input = { id: contactId, environment: "live" } as const;
  expect(await deleteMemberContact(viewer, input, now())).toMatchObject({ code: "not_found" });
  mustWork(await deleteMemberContact(owner, input, now()));
  expect(await deleteMemberContact(owner, input, now())).toMatchObject({ code: "not_found" });
  const events = await db().auditEvent.findMany({
    where: { action: "contact.deleted", targetId: contactId },
  });
  expect(events).toMatchObject([{ targetName: contactId, actorName: owner.name, changes: {} }]);
});
