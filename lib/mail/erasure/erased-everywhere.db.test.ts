import { readFile } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import { exportRequests } from "@/lib/access/activity/reading/export";
import { activityQuery } from "@/lib/access/activity/schema";
import { EVENT_TYPES } from "@/lib/access/webhooks/webhook/words";
import { DELETED_EMAIL, DELETED_MAILBOX } from "@/lib/mail/address/deleted-contact";
import { emailHash } from "@/lib/mail/address/email-hash";
import { spellingsOfEmail } from "@/lib/mail/address/without-mailbox";
import { exportRecipients } from "@/lib/mail/campaigns/export-recipients";
import { sendToAudience } from "@/lib/mail/campaigns/send-to-audience";
import { deliverEmail } from "@/lib/mail/emails/deliver-email";
import { getEmailDetails, listMemberEmails } from "@/lib/mail/emails/member-emails";
import { emailsPageQuery } from "@/lib/mail/emails/schema";
import { addSuppression, removeSuppression } from "@/lib/mail/suppressions/member-suppressions";
import { recordReading } from "@/lib/mail/tracking/record-opens-and-clicks";
import type { MemberActor } from "@/lib/people/auth/actor";
import { invite } from "@/lib/people/members/invite";
import { DAY_MS, later, now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenBusyKey } from "@/lib/testing/api-world";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenSendingCampaign } from "@/lib/testing/campaigns";
import { dumpTables, spellingsOf } from "@/lib/testing/dump";
import { givenOwner } from "@/lib/testing/fixtures";
import { call, jsonOf } from "@/lib/testing/gate";
import { withDelivery } from "@/lib/testing/with-delivery";

const MAILBOX = "anna.weber@bücher-laden.example";
const FORMER = "annaweber@example.com";
const SPELLINGS = [...spellingsOfEmail(MAILBOX), ...spellingsOfEmail(FORMER)];
const LIVE = { environment: "live" } as const;

/** Where the mailbox may still stand, each explained in docs/data-kept.md. */
const EXCEPTIONS = [
  "audit_event",
  "contact",
  "email_content",
  "invitation",
  "template",
  "webhook_event",
];
/** Where it stands until an email has gone to its other recipients. */
const WAITING = "email_attachment";

const delivery = withDelivery();

let owner: MemberActor;
let secret: string;
let contactId: string;
let campaignId: string;

beforeAll(async () => {
  owner = await givenOwner();
  secret = await givenBusyKey(owner, { environment: "live" });
  await makeEverything();
});

async function post(path: string, body: unknown, repeatable = "", method = "POST") {
  const headers: Record<string, string> = repeatable ? { "Idempotency-Key": repeatable } : {};
  const answer = await call(path, { method, secret, body, headers });
  const json = await jsonOf(answer);
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(json)}`);
  return json;
}

async function send(values: object, repeatable = ""): Promise<string> {
  const email = {
    from: "Shop <shop@example.com>",
    to: `Anna <${MAILBOX}>`,
    subject: `Order of ${MAILBOX}`,
    html: `<p>Hello ${MAILBOX}</p>`,
    attachments: [{ filename: `${MAILBOX}.txt`, content: Buffer.from(MAILBOX).toString("base64") }],
    tags: [{ name: "customer", value: "annaweber" }],
    ...values,
  };
  return `${(await post("/emails", email, repeatable)).id}`;
}

async function deliver(id: string): Promise<void> {
  await deliverEmail(id, now, delivery().server);
}

/** A contact to whom everything has happened. */
async function makeEverything(): Promise<void> {
  await post("/webhooks", {
    name: "CRM",
    url: "https://crm.example.com/hooks",
    events: EVENT_TYPES,
  });
  const audience = await post("/audiences", { name: "Everybody" });
  const made = {
    email: FORMER,
    first_name: "Anna",
    properties: { mail: MAILBOX },
    audiences: [audience.id],
  };
  contactId = `${(await post("/contacts", made, "contact")).id}`;
  await deliver(await send({ to: FORMER, subject: FORMER, html: FORMER }));
  await post(`/contacts/${contactId}`, { email: MAILBOX }, "", "PATCH");
  await post("/events/send", {
    event: "order.paid",
    contact_id: contactId,
    payload: { mail: MAILBOX },
  });
  const others = ["bo@example.com", "Cy <cy@example.com>"];
  await deliver(await send({ cc: others }, "order"));
  await deliver(await send({ to: others, bcc: [MAILBOX.toUpperCase()] }));
  await deliver(
    await send({ to: others, cc: ["Anna <anna.weber@xn--bcher-laden-thb.example>", MAILBOX] }),
  );
  await deliver(await send({ to: "shop@example.com", reply_to: [`"W., Anna" <${MAILBOX}>`] }));
  await send({ scheduled_at: later(now(), DAY_MS).toISOString() });
  await send({ to: [MAILBOX, ...others], scheduled_at: later(now(), DAY_MS).toISOString() });
  await sendCampaign(`${audience.id}`);
  await bounce();
  await noteInAudit();
  await makeExceptions();
}

async function sendCampaign(audienceId: string): Promise<void> {
  const html = '<a href="https://shop.example/?e={{ contact.email | url_encode }}">Hello</a>';
  campaignId = await givenSendingCampaign(owner, {
    audienceId,
    html,
    subject: "For {{ contact.email }}",
  });
  await sendToAudience(campaignId, now);
  const { id: emailId } = await db().email.findFirstOrThrow({ where: { campaignId } });
  await deliver(emailId);
  const url = `https://shop.example/?e=${encodeURIComponent(MAILBOX)}`;
  const userAgent = `Thunderbird of ${MAILBOX}`;
  await recordReading("opened", { emailId, userAgent }, now());
  await recordReading("clicked", { emailId, url, userAgent }, now());
}

async function bounce(): Promise<void> {
  delivery().smtp.answers.recipient = (email) => {
    return { code: 550, text: `5.1.1 <${email}>: mailbox ${MAILBOX} unknown` };
  };
  const id = await send({ subject: "Bounces" });
  await deliver(id);
  delivery().smtp.answers.recipient = () => undefined;
  expect(await db().email.findUnique({ where: { id } })).toMatchObject({ status: "bounced" });
  const hash = emailHash(owner.workspaceId, MAILBOX);
  const entry = { ...LIVE, emailHash: hash, reason: "bounced", note: `${MAILBOX} works` } as const;
  mustWork(await removeSuppression(owner, entry, now()));
  mustWork(
    await addSuppression(owner, { ...LIVE, email: MAILBOX, note: `${MAILBOX} asked` }, now()),
  );
}

async function noteInAudit(): Promise<void> {
  const filters = activityQuery.parse({ path: `/contacts/${MAILBOX}` });
  mustWork(await exportRequests(owner, { ...filters, format: "csv" }, now()));
  // Kept back since she is on the list now: the stored answer names her.
  await send({ subject: "Kept back" }, "kept back");
}

/** Text that is about somebody else, or was written by members. */
async function makeExceptions(): Promise<void> {
  await post("/contacts", { email: "bo@example.com", properties: { brought_by: MAILBOX } });
  await send({ to: "bo@example.com", subject: "Hello", tags: [], attachments: [] });
  await post("/templates", { name: "Hello", subject: "Hello", html: MAILBOX });
  mustWork(await invite(owner, { email: MAILBOX, role: "viewer" }, now()));
}

async function tablesNaming(): Promise<string[]> {
  const texts = [...SPELLINGS, ...spellingsOf(MAILBOX), ...spellingsOf(FORMER)];
  const tables = [...(await dumpTables())];
  const named = tables.filter(([, rows]) => texts.some((text) => rows.includes(text)));
  return named.map(([name]) => name.replace("public.", ""));
}

test("a deleted contact's email stands nowhere but in the places that the page about kept data names", async () => {
  expect(await tablesNaming()).toEqual(
    expect.arrayContaining([
      "audit_event",
      "campaign_link",
      "contact_change",
      "contact_event",
      "email",
      "email_event",
      "idempotent_request",
      "suppression",
      "webhook_event",
    ]),
  );
  const before = await reportOf();
  const deleted = await call(`/contacts/${contactId}`, { method: "DELETE", secret });
  expect(deleted.status).toBe(200);

  expect(await tablesNaming()).toEqual([...EXCEPTIONS, WAITING].sort());
  expect(await dueToOthers()).toEqual(["bo@example.com", "cy@example.com"]);
  expect(await tablesNaming()).toEqual(EXCEPTIONS);
  const page = await readFile("docs/data-kept.md", "utf8");
  for (const table of EXCEPTIONS) expect(page).toContain(`\`${table}\``);
  expect(await db().emailContent.count({ where: { email: { subject: "" } } })).toBe(0);
  const named = await db().auditEvent.findMany({ where: { targetName: MAILBOX } });
  expect(named.map(({ action }) => action)).toEqual(["member.invited"]);
  expect(await db().forgottenRecipient.count()).toBe(0);
  expect(await reportOf()).toEqual({ ...before, links: [expect.objectContaining({ clicks: 1 })] });
});

/** Delivers the email that waited for several people. Returns who got it; nobody is told of the deleted contact. */
async function dueToOthers(): Promise<string[]> {
  const { id } = await db().email.findFirstOrThrow({ where: { status: "scheduled" } });
  await deliverEmail(id, () => later(now(), 2 * DAY_MS), delivery().server);
  const { to, raw, mail } = delivery().smtp.arrivals.at(-1) ?? { to: [], raw: "", mail: null };
  expect(mail?.subject).toBe(`Order of ${MAILBOX}`);
  expect(raw.slice(0, raw.indexOf("Subject:"))).not.toContain("invalid");
  return to;
}

async function reportOf() {
  return await jsonOf(await call(`/campaigns/${campaignId}/report`, { secret }));
}

function expectNobody(text: string): void {
  for (const spelling of SPELLINGS) expect(text.toLowerCase()).not.toContain(spelling);
}

test("no answer of the API names it, no page and no export", async () => {
  const list = await jsonOf(await call("/emails?limit=100", { secret }));
  const ids = (list.data as { id: string; subject: string }[]).map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(8);
  const unmentioned = (list.data as { id: string; subject: string }[]).filter(
    ({ subject }) => subject === "",
  );
  for (const { id } of unmentioned) {
    expectNobody(await (await call(`/emails/${id}`, { secret })).text());
    expectNobody(JSON.stringify(await getEmailDetails(owner, { id })));
  }
  expectNobody(JSON.stringify(list));
  const recipients = await call(`/campaigns/${campaignId}/recipients`, { secret });
  const shown = await recipients.text();
  expectNobody(shown);
  expect(shown).toContain(DELETED_EMAIL);
  expectNobody(await (await call("/contacts/deleted", { secret })).text());
  expectNobody(JSON.stringify(await listMemberEmails(owner, emailsPageQuery.parse({}), "emails")));
  const { pieces } = mustWork(
    await exportRecipients(owner, { id: campaignId, status: "all" }, now()),
  );
  const rows: string[] = [];
  for await (const piece of pieces) rows.push(piece);
  expectNobody(rows.join(""));
});

test("the API says what became of each email", async () => {
  const found = await db().email.findMany({ where: { subject: "" }, orderBy: { id: "asc" } });
  const alone = found.find(({ status }) => status === "canceled");
  const answer = await jsonOf(await call(`/emails/${alone?.id}`, { secret }));
  expect(answer).toMatchObject({
    to: [DELETED_MAILBOX],
    html: null,
    text: null,
    body_state: "contact_deleted",
    tags: [],
  });
  expect(JSON.stringify(answer.events)).toContain('"reason":"contact_deleted"');
});

test("a call that is made again still does nothing, and its answer names nobody", async () => {
  const made = { email: FORMER, first_name: "Anna", properties: { mail: MAILBOX } };
  const before = await db().contact.count({ where: { workspaceId: owner.workspaceId } });
  const stored = await db().idempotentRequest.findMany();
  expect(stored).toHaveLength(3);
  expectNobody(JSON.stringify(stored));
  expect(JSON.stringify(stored)).not.toContain("Anna");
  const audience = await db().audience.findFirstOrThrow({
    where: { workspaceId: owner.workspaceId },
  });
  const again = await post("/contacts", { ...made, audiences: [audience.id] }, "contact");
  expect(again).toMatchObject({
    id: contactId,
    email: DELETED_EMAIL,
    first_name: null,
    properties: {},
  });
  expect(await db().contact.count({ where: { workspaceId: owner.workspaceId } })).toBe(before);
});
