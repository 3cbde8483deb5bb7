import { beforeAll, describe, expect, test } from "vitest";
import {
  contentDaysOf,
  forgetOldContents,
  setContentDays,
} from "@/lib/mail/emails/content-retention";
import { deliverEmail } from "@/lib/mail/emails/deliver-email";
import { CONTENT_DAYS } from "@/lib/mail/emails/limits";
import type { MailServer } from "@/lib/mail/emails/mail-server";
import { getEmailDetails, getEmailSource } from "@/lib/mail/emails/member-emails";
import { getRenderedEmail } from "@/lib/mail/emails/rendered-email";
import { DEFAULT_CONTENT_DAYS } from "@/lib/mail/emails/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, HOUR_MS, later, MINUTE_MS, now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenBusyKey } from "@/lib/testing/api-world";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";
import { call, jsonOf } from "@/lib/testing/gate";
import { withDelivery } from "@/lib/testing/with-delivery";

const delivery = withDelivery();

let owner: MemberActor;
let secret: string;

beforeAll(async () => {
  owner = await givenOwner();
  secret = await givenBusyKey(owner, { environment: "live" });
});

const MESSAGE = {
  from: "shop@example.com",
  to: ["anna@example.com"],
  subject: "Reset your password",
  html: "<p>Your link: 4711</p>",
  attachments: [{ filename: "code.txt", content: Buffer.from("4711").toString("base64") }],
};

async function send(values: object = {}, by = secret): Promise<string> {
  const answer = await call("/emails", {
    method: "POST",
    secret: by,
    body: { ...MESSAGE, ...values },
  });
  const { id } = await jsonOf(answer);
  expect(answer.status).toBe(200);
  return `${id}`;
}

async function deliver(
  id: string,
  at = now(),
  by: MailServer | null = delivery().server,
): Promise<void> {
  await deliverEmail(id, () => at, by);
}

async function stored(id: string) {
  const row = await db().email.findUniqueOrThrow({
    where: { id },
    include: { content: true, attachments: true },
  });
  const { status, contentGone, content, attachments, subject } = row;
  return { status, contentGone, subject, text: content !== null, files: attachments.length };
}

/** The parts of the email that a member and a program can read. */
async function readable(id: string) {
  const details = await getEmailDetails(owner, { id });
  const shown = details.ok ? details.value : null;
  const api = await jsonOf(await call(`/emails/${id}`, { secret }));
  return {
    page: [shown?.html, shown?.text, shown?.attachments.length],
    body: (await getRenderedEmail(owner, { id })).ok,
    source: (await getEmailSource(owner, { id })).ok,
    api: [api.html, api.text, api.body_state],
  };
}

const NOBODY = (state: string) => ({
  page: [null, null, 0],
  body: false,
  source: false,
  api: [null, null, state],
});

describe("an email whose key or call asks that nobody can read it", () => {
  test("goes out whole, and nobody can read it, neither while it waits nor afterwards", async () => {
    const id = await send({ store_body: false });
    expect(await readable(id)).toEqual(NOBODY("not_stored"));
    expect(await stored(id)).toMatchObject({ text: true, files: 1 });
    await deliver(id);
    expect(delivery().smtp.arrivals[0]?.mail.html).toContain("4711");
    expect(delivery().smtp.arrivals[0]?.mail.attachments).toHaveLength(1);
    const { subject } = MESSAGE;
    const gone = { contentGone: "not_stored", text: false, files: 0, subject };
    expect(await stored(id)).toEqual({ ...gone, status: "delivered" });
    expect(await readable(id)).toEqual(NOBODY("not_stored"));
  });

  test.each([
    ["key", undefined],
    ["key, whatever the call says", true],
  ])("is one of the %s", async (_, store_body) => {
    const strict = await givenBusyKey(owner, { environment: "live", forgetBodies: true });
    const values = store_body === undefined ? {} : { store_body };
    expect(await stored(await send(values, strict))).toMatchObject({ contentGone: "not_stored" });
    expect(await stored(await send({ store_body: true }))).toMatchObject({ contentGone: null });
  });

  test("is one of a batch, beside others", async () => {
    const body = [{ ...MESSAGE, store_body: false }, MESSAGE];
    const answer = await call("/emails/batch", { method: "POST", secret, body });
    const { data } = (await answer.json()) as { data: { id: string }[] };
    const [hidden, shown] = await Promise.all(data.map(({ id }) => stored(id)));
    expect([hidden?.contentGone, shown?.contentGone]).toEqual(["not_stored", null]);
  });

  test("keeps its text for the next try, and loses it when it is given up", async () => {
    delivery().smtp.answers.recipient = () => ({ code: 451, text: "4.7.0 Later" });
    const id = await send({ store_body: false });
    await deliver(id);
    expect(await stored(id)).toMatchObject({ status: "delayed", text: true, files: 1 });
    await deliver(id, later(now(), 25 * HOUR_MS));
    expect(await stored(id)).toMatchObject({ status: "failed", text: false, files: 0 });
  });

  test("keeps it for the recipient that is left", async () => {
    const bo = { code: 451, text: "4.7.0 Later" };
    delivery().smtp.answers.recipient = (email) => (email.startsWith("bo") ? bo : undefined);
    const id = await send({ store_body: false, to: ["anna@example.com", "bo@example.com"] });
    await deliver(id);
    expect(await stored(id)).toMatchObject({ text: true });
    delivery().smtp.answers.recipient = () => undefined;
    await deliver(id, later(now(), MINUTE_MS));
    expect(delivery().smtp.arrivals[1]?.mail.html).toContain("4711");
    expect(await stored(id)).toMatchObject({ status: "delivered", text: false });
  });

  test("loses it when it bounces, is canceled, is kept here, or goes to nobody", async () => {
    const bounced = await send({ store_body: false, to: "gone@example.com" });
    delivery().smtp.answers.recipient = () => ({ code: 550, text: "5.1.1 unknown" });
    await deliver(bounced);
    const scheduled_at = later(now(), DAY_MS).toISOString();
    const canceled = await send({ store_body: false, scheduled_at });
    await call(`/emails/${canceled}/cancel`, { method: "POST", secret });
    const kept = await send({ store_body: false });
    await deliver(kept, now(), null);
    const suppressed = await send({ store_body: false, to: "gone@example.com" });
    const all = await Promise.all([bounced, canceled, kept, suppressed].map(stored));
    expect(all.map(({ status, text }) => [status, text])).toEqual([
      ["bounced", false],
      ["canceled", false],
      ["delivered", false],
      ["suppressed", false],
    ]);
  });
});

describe("what emails said", () => {
  test("is deleted so many days after they ended, of each workspace in its own time", async () => {
    const other = await givenOwner();
    const keyOfOther = await givenBusyKey(other, { environment: "live" });
    expect(await setContentDays(other, { days: 7 }, now())).toMatchObject({ ok: true });
    const start = now();
    const [mine, theirs, waiting] = [
      await send(),
      await send({}, keyOfOther),
      await send({ scheduled_at: later(start, 300 * DAY_MS).toISOString() }),
    ];
    await deliver(mine, start);
    await deliver(theirs, start);
    const texts = async () => {
      const rows = await Promise.all([mine, theirs, waiting].map(stored));
      return rows.map(({ text, files }) => text && files === 1);
    };
    await forgetOldContents(later(start, 7 * DAY_MS - 1));
    expect(await texts()).toEqual([true, true, true]);
    await forgetOldContents(later(start, 7 * DAY_MS));
    expect(await texts()).toEqual([true, false, true]);
    await forgetOldContents(later(start, DEFAULT_CONTENT_DAYS * DAY_MS));
    expect(await texts()).toEqual([false, false, true]);
    expect(await readable(mine)).toEqual(NOBODY("expired"));
    const { subject } = MESSAGE;
    expect(await stored(mine)).toMatchObject({ status: "delivered", subject });
    const events = await db().emailEvent.count({ where: { emailId: mine } });
    expect(events).toBe(3);
  });

  test("goes batch by batch, and all of it", async () => {
    const ids = [await send(), await send(), await send()];
    for (const id of ids) await deliver(id);
    await forgetOldContents(later(now(), 400 * DAY_MS), 2);
    const left = await Promise.all(ids.map(stored));
    expect(left.map(({ contentGone }) => contentGone)).toEqual(ids.map(() => "expired"));
    expect(await db().emailContent.count({ where: { emailId: { in: ids } } })).toBe(0);
  });

  test.each(["marketer", "viewer"] as const)("a %s does not decide how long", async (role) => {
    const colleague = await givenColleague(owner, role);
    const days = await contentDaysOf(owner);
    expect(await setContentDays(colleague, { days: 1 }, now())).toMatchObject({
      code: "not_found",
    });
    expect(await contentDaysOf(owner)).toBe(days);
  });

  test("stays as long as a new workspace chose by not choosing", async () => {
    expect(await contentDaysOf(await givenOwner())).toBe(DEFAULT_CONTENT_DAYS);
    expect(CONTENT_DAYS).toContain(DEFAULT_CONTENT_DAYS);
  });
});
