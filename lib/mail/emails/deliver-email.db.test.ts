import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deliverEmail } from "@/lib/mail/emails/deliver-email";
import { mailSendingPaused } from "@/lib/mail/emails/mail-sending-paused";
import { connectMailServer, type MailServer } from "@/lib/mail/emails/mail-server";
import { resumeSending, sendingPauseOf } from "@/lib/mail/emails/member-pause";
import { deliveryKey, type NewEmail, queueEmails } from "@/lib/mail/emails/queue-emails";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, HOUR_MS, later, MINUTE_MS, now, SECOND_MS } from "@/lib/platform/clock";
import { pool } from "@/lib/platform/database/pool";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { env } from "@/lib/platform/env";
import { newId } from "@/lib/platform/ids";
import { startDelivery } from "@/lib/testing/delivering-process";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";
import { startMailServer, type TestMailServer } from "@/lib/testing/mail-server";

const NOON = new Date("2026-11-23T12:00:00.000Z");

let owner: MemberActor;
let smtp: TestMailServer;
let server: MailServer;

beforeAll(async () => {
  owner = await givenOwner();
  smtp = await startMailServer();
  server = connectMailServer(smtp.url);
});

afterAll(async () => {
  server.close();
  await smtp.close();
});

beforeEach(() => {
  smtp.arrivals.length = 0;
  smtp.answers.recipient = () => undefined;
  smtp.answers.message = () => undefined;
});

async function givenEmail(values: Partial<NewEmail> = {}): Promise<string> {
  const email: NewEmail = {
    id: newId("eml", NOON),
    workspaceId: owner.workspaceId,
    environment: "live",
    from: "Shop <shop@example.com>",
    to: [`${newId("con", NOON)}@example.com`],
    subject: "Your order",
    text: "Thank you",
    ...values,
  };
  await transact((tx) => queueEmails(tx, [email], NOON));
  return email.id;
}

async function deliver(id: string, at = NOON, by: MailServer | null = server) {
  await deliverEmail(id, () => at, by);
}

async function eventsOf(emailId: string) {
  const events = await db().emailEvent.findMany({ where: { emailId }, orderBy: { id: "asc" } });
  return events.map(({ type }) => type);
}

async function emailOf(id: string) {
  return await db().email.findUniqueOrThrow({ where: { id } });
}

async function nextAttempt(id: string): Promise<Date | null> {
  const { rows } = await pool().query("SELECT run_at FROM graphile_worker.jobs WHERE key = $1", [
    deliveryKey(id),
  ]);
  return rows[0]?.run_at ?? null;
}

async function suppressionOf(email: string) {
  return await db().suppression.findFirst({ where: { workspaceId: owner.workspaceId, email } });
}

describe("an email that the mail server takes", () => {
  test("arrives whole, byte for byte, and is delivered", async () => {
    const attachment = new Uint8Array(Array.from({ length: 3_000 }, (_, at) => (at * 7) % 256));
    const id = await givenEmail({
      from: "Café Müller, Köln <shop@example.com>",
      to: ['"Kern, Anna 🌷" <anna@example.com>', "bo@example.com"],
      cc: ["cc@example.com"],
      bcc: ["secret@example.com"],
      replyTo: ["help@example.com"],
      subject: "Ihre Bestellung 🌷 – „größer als je zuvor“, zum Preis von früher und noch länger",
      html: '<p>Schöne Grüße <img src="cid:logo"></p>',
      text: "Schöne Grüße\n.\nEnde",
      headers: { "X-Order": "17" },
      attachments: [
        {
          filename: "Rechnung für Anna.pdf",
          contentType: "application/pdf",
          contentId: null,
          content: attachment,
        },
        {
          filename: "logo.png",
          contentType: "image/png",
          contentId: "logo",
          content: new Uint8Array([137, 80]),
        },
      ],
    });
    await deliver(id);
    expect(smtp.arrivals).toHaveLength(1);
    const { to, mail, raw } = smtp.arrivals[0] ?? { to: [], mail: null, raw: "" };
    expect(to).toEqual([
      "anna@example.com",
      "bo@example.com",
      "cc@example.com",
      "secret@example.com",
    ]);
    expect(raw).not.toContain("secret@");
    expect(mail).toMatchObject({
      subject: "Ihre Bestellung 🌷 – „größer als je zuvor“, zum Preis von früher und noch länger",
      messageId: `<${id}@example.com>`,
      date: NOON,
      text: "Schöne Grüße\n.\nEnde",
      from: { value: [{ name: "Café Müller, Köln", address: "shop@example.com" }] },
      to: { value: [{ name: "Kern, Anna 🌷" }, { address: "bo@example.com" }] },
      replyTo: { value: [{ address: "help@example.com" }] },
    });
    expect(mail?.headers.get("x-order")).toBe("17");
    const attached = mail?.attachments ?? [];
    const bill = attached.find(({ contentType }) => contentType === "application/pdf");
    const logo = attached.find(({ contentType }) => contentType === "image/png");
    expect(bill?.filename).toBe("Rechnung für Anna.pdf");
    expect([...(bill?.content ?? [])]).toEqual([...attachment]);
    expect(logo).toMatchObject({ cid: "logo", filename: "logo.png" });
    expect(await eventsOf(id)).toEqual(["queued", "sent", "delivered"]);
    expect(await emailOf(id)).toMatchObject({
      status: "delivered",
      attempts: 1,
      handingOverSince: null,
      captured: false,
    });
  });

  test("is handed over once, however often its job runs", async () => {
    const id = await givenEmail();
    await Promise.all([deliver(id), deliver(id), deliver(id)]);
    await deliver(id, later(NOON, DAY_MS));
    expect(smtp.arrivals).toHaveLength(1);
    expect(await eventsOf(id)).toEqual(["queued", "sent", "delivered"]);
  });

  test("has a text part made from its HTML, unless it was given one that is empty", async () => {
    const html = "<p>Thank you <b>Anna</b></p>";
    await deliver(await givenEmail({ html, text: null }));
    await deliver(await givenEmail({ html, text: "" }));
    const [made, refused] = smtp.arrivals.map(({ raw }) => raw);
    expect(made).toMatch(/Content-Type: text\/plain.+Thank you Anna/s);
    expect(refused).not.toContain("text/plain");
  });
});

describe("an email that the mail server does not take now", () => {
  test("is delayed on 451 and arrives when it is tried again", async () => {
    smtp.answers.recipient = () => ({ code: 451, text: "4.7.1 Greylisted, come back later" });
    const id = await givenEmail();
    await deliver(id);
    expect(await emailOf(id)).toMatchObject({ status: "delayed", handingOverSince: null });
    expect(await nextAttempt(id)).toEqual(later(NOON, 5 * SECOND_MS));
    smtp.answers.recipient = () => undefined;
    await deliver(id, later(NOON, 5 * SECOND_MS));
    expect(smtp.arrivals).toHaveLength(1);
    expect(await eventsOf(id)).toEqual(["queued", "delayed", "sent", "delivered"]);
    const delayed = await db().emailEvent.findFirst({ where: { emailId: id, type: "delayed" } });
    expect(delayed?.detail).toMatchObject({
      response: "451 4.7.1 Greylisted, come back later",
      nextAttemptAt: "2026-11-23T12:00:05.000Z",
    });
  });

  test("is delayed while nobody listens, ever longer, and given up after a day", async () => {
    const nobody = connectMailServer("smtp://127.0.0.1:9");
    const id = await givenEmail();
    let at = NOON;
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      await deliver(id, at, nobody);
      at = (await nextAttempt(id)) ?? at;
    }
    expect(at.getTime() - NOON.getTime()).toBeGreaterThan(100 * MINUTE_MS);
    await deliver(id, later(NOON, DAY_MS - MINUTE_MS), nobody);
    expect(await emailOf(id)).toMatchObject({ status: "failed", attempts: 9 });
    expect((await eventsOf(id)).at(-1)).toBe("failed");
    nobody.close();
  });

  test("goes on for who was not taken, and nobody gets it twice", async () => {
    smtp.answers.recipient = (address) =>
      address === "busy@example.com"
        ? { code: 450, text: "Mailbox busy" }
        : address === "gone@example.com"
          ? { code: 550, text: "5.1.1 No such user" }
          : undefined;
    const id = await givenEmail({ to: ["ok@example.com", "busy@example.com", "gone@example.com"] });
    await deliver(id);
    expect(smtp.arrivals.map(({ to }) => to)).toEqual([["ok@example.com"]]);
    expect(await emailOf(id)).toMatchObject({ status: "delayed" });
    smtp.answers.recipient = () => undefined;
    await deliver(id, later(NOON, 5 * SECOND_MS));
    expect(smtp.arrivals.map(({ to }) => to)).toEqual([["ok@example.com"], ["busy@example.com"]]);
    expect(await emailOf(id)).toMatchObject({ status: "delivered" });
    expect(await suppressionOf("gone@example.com")).toMatchObject({
      reason: "bounced",
      emailId: id,
    });
  });
});

describe("an email that is refused for good", () => {
  test("bounces on 550, and its address gets no more mail", async () => {
    smtp.answers.recipient = () => ({ code: 550, text: "No such user here" });
    const id = await givenEmail({ to: ["Nobody@Example.com"] });
    await deliver(id);
    expect(await emailOf(id)).toMatchObject({ status: "bounced" });
    expect(await eventsOf(id)).toEqual(["queued", "bounced"]);
    expect(await suppressionOf("nobody@example.com")).toMatchObject({ reason: "bounced" });
    const again = await givenEmail({ to: ["nobody@example.com"] });
    expect(await emailOf(again)).toMatchObject({ status: "suppressed" });
  });

  test("a refusal that says nothing against the address suppresses nobody", async () => {
    smtp.answers.recipient = () => ({ code: 550, text: "5.7.1 Relaying denied" });
    const id = await givenEmail({ to: ["fine@example.com"] });
    await deliver(id);
    expect(await emailOf(id)).toMatchObject({ status: "bounced" });
    smtp.answers.recipient = () => undefined;
    smtp.answers.message = () => ({ code: 554, text: "5.7.1 Looks like spam" });
    const spam = await givenEmail({ to: ["fine@example.com"] });
    await deliver(spam);
    expect(await emailOf(spam)).toMatchObject({ status: "bounced" });
    expect(await suppressionOf("fine@example.com")).toBeNull();
  });

  test("who was suppressed while it waited gets nothing", async () => {
    smtp.answers.recipient = () => ({ code: 550, text: "5.1.1 No such user" });
    const waiting = await givenEmail({ to: ["soon-gone@example.com"] });
    await deliver(await givenEmail({ to: ["soon-gone@example.com"] }));
    smtp.answers.recipient = () => undefined;
    await deliver(waiting);
    expect(smtp.arrivals).toHaveLength(0);
    expect(await eventsOf(waiting)).toEqual(["queued", "suppressed"]);
    expect(await emailOf(waiting)).toMatchObject({ status: "suppressed" });
  });
});

describe("a mail server that has something against the sender", () => {
  const NOT_PERMITTED = { code: 550, text: "relay not permitted" };

  /** A workspace of its own, since a pause is the workspace's. */
  async function givenSender() {
    const actor = await givenOwner();
    const send = async (to: string) => {
      const id = await givenEmail({ workspaceId: actor.workspaceId, to: [to] });
      await deliver(id);
      return await emailOf(id);
    };
    return { actor, send };
  }

  test.each([
    { code: 550, text: "relay not permitted" },
    { code: 550, text: "203.0.113.9 is listed at zen.spamhaus.org" },
    { code: 550, text: "your host is on a blocklist" },
    { code: 553, text: "sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)" },
  ])("suppresses nobody: $code $text", async (answer) => {
    const { actor, send } = await givenSender();
    smtp.answers.recipient = () => answer;
    expect(await send("anna@example.com")).toMatchObject({ status: "bounced" });
    smtp.answers.recipient = () => undefined;
    expect(await send("anna@example.com")).toMatchObject({ status: "delivered" });
    const { workspaceId } = actor;
    expect(await db().suppression.count({ where: { workspaceId } })).toBe(0);
  });

  test("ten refusals of one kind in a row pause the sending until an admin resumes it", async () => {
    const { actor, send } = await givenSender();
    smtp.answers.recipient = (email) => ({ code: 550, text: `<${email}> relay not permitted` });
    for (let at = 1; at <= 9; at += 1) await send(`p${at}@example.com`);
    expect(await sendingPauseOf(actor)).toBeNull();
    await send("p10@example.com");
    expect(await sendingPauseOf(actor)).toMatchObject({ recipients: 10, mayResume: true });
    smtp.answers.recipient = () => undefined;
    const waiting = await send("p11@example.com");
    expect(waiting).toMatchObject({ status: "queued", attempts: 0 });
    expect(await nextAttempt(waiting.id)).toEqual(later(NOON, HOUR_MS));
    const other = await givenSender();
    expect(await other.send("p1@example.com")).toMatchObject({ status: "delivered" });
    const viewer = await givenColleague(actor, "viewer");
    expect(await sendingPauseOf(viewer)).toMatchObject({ mayResume: false });
    expect(await resumeSending(viewer, {}, NOON)).toMatchObject({ ok: false });
    expect(await resumeSending(actor, {}, NOON)).toMatchObject({ ok: true });
    expect(await nextAttempt(waiting.id)).toEqual(NOON);
    await deliver(waiting.id);
    expect(await emailOf(waiting.id)).toMatchObject({ status: "delivered" });
    expect(await sendingPauseOf(actor)).toBeNull();
    const { workspaceId } = actor;
    const audit = await db().auditEvent.findMany({
      where: { workspaceId },
      orderBy: { id: "asc" },
    });
    expect(audit.map(({ action }) => action)).toEqual(["sending.paused", "sending.resumed"]);
    expect(JSON.stringify(audit)).not.toContain("p10@");
  });

  test("owners and admins are mailed, once each, while it is paused", async () => {
    const { actor, send } = await givenSender();
    const admin = await givenColleague(actor, "admin");
    await givenColleague(actor, "marketer");
    const known = env().SMTP_URL;
    env().SMTP_URL = smtp.url;
    try {
      smtp.answers.recipient = (email) => (/^p\d/.test(email) ? NOT_PERMITTED : undefined);
      for (let at = 1; at <= 12; at += 1) await send(`p${at}@example.com`);
      const { rows } = await pool().query<{ member: string }>(
        "SELECT substr(key, 16) AS member FROM graphile_worker.jobs WHERE key LIKE 'sending-paused:%'",
      );
      const told = rows.map(({ member }) => member);
      expect(told.sort()).toEqual([actor.memberId, admin.memberId].sort());
      for (const member of told) await mailSendingPaused(member);
      const mails = smtp.arrivals.map(({ to, mail }) => [to[0], mail.text]);
      expect(mails.map(([to]) => to).sort()).toEqual([actor.email, admin.email].sort());
      expect(mails[0]?.[1]).toContain("refused 10 recipients");
      expect(mails[0]?.[1]).toContain("550 relay not permitted");
      await resumeSending(actor, {}, NOON);
      await mailSendingPaused(admin.memberId);
      expect(smtp.arrivals).toHaveLength(2);
    } finally {
      env().SMTP_URL = known;
    }
  });

  test("a message that is taken, or another refusal, starts the row anew", async () => {
    const { actor, send } = await givenSender();
    for (let at = 1; at <= 25; at += 1) {
      const answer = at % 8 === 0 ? undefined : NOT_PERMITTED;
      smtp.answers.recipient = () => answer;
      await send(`p${at}@example.com`);
    }
    expect(await sendingPauseOf(actor)).toBeNull();
    for (let at = 1; at <= 20; at += 1) {
      const text = at % 5 === 0 ? "5.7.1 Daily limit reached" : "relay not permitted";
      smtp.answers.recipient = () => ({ code: 550, text });
      await send(`q${at}@example.com`);
    }
    expect(await sendingPauseOf(actor)).toBeNull();
  });

  test("mailboxes that do not exist pause nothing, however many", async () => {
    const { actor, send } = await givenSender();
    smtp.answers.recipient = () => ({ code: 550, text: "5.1.1 User unknown" });
    for (let at = 1; at <= 12; at += 1) await send(`p${at}@example.com`);
    expect(await sendingPauseOf(actor)).toBeNull();
  });
});

describe("mail that stays on this machine", () => {
  test("is captured without a mail server, and in the test environment always", async () => {
    const live = await givenEmail();
    await deliver(live, NOON, null);
    const inTest = await givenEmail({ environment: "test" });
    await deliver(inTest);
    expect(smtp.arrivals).toHaveLength(0);
    for (const [id, captured] of [
      [live, "no_mail_server"],
      [inTest, "test"],
    ] as const) {
      expect(await emailOf(id)).toMatchObject({ status: "delivered", captured: true });
      const event = await db().emailEvent.findFirst({ where: { emailId: id, type: "delivered" } });
      expect(event?.detail).toEqual({ captured });
    }
  });
});

describe("a process that ends in the middle of a hand-over", () => {
  test("leaves the email to nobody else for two minutes, then it goes out again, marked", async () => {
    const id = await givenEmail();
    const dying: MailServer = {
      close: () => {},
      handOver: () => Promise.reject(new Error("the process ends here")),
    };
    await expect(deliver(id, NOON, dying)).rejects.toThrow("the process ends here");
    await deliver(id, later(NOON, MINUTE_MS));
    expect(smtp.arrivals).toHaveLength(0);
    expect(await nextAttempt(id)).toEqual(later(NOON, 2 * MINUTE_MS));
    await deliver(id, later(NOON, 2 * MINUTE_MS));
    expect(smtp.arrivals.map(({ mail }) => mail.messageId)).toEqual([`<${id}@example.com>`]);
    expect(await eventsOf(id)).toEqual(["queued", "delayed", "sent", "delivered"]);
    const marked = await db().emailEvent.findFirst({ where: { emailId: id, type: "delayed" } });
    expect(marked?.detail).toEqual({ possibleDuplicate: true, reason: "interrupted" });
    expect(await emailOf(id)).toMatchObject({ status: "delivered", attempts: 2 });
  });

  test("killed after the server took the message: the second one says so, by one Message-ID", async () => {
    const id = await givenEmail();
    let kill = () => {};
    smtp.answers.message = async () => {
      kill();
      return undefined;
    };
    const delivery = startDelivery(id, smtp.url);
    kill = delivery.kill;
    await delivery.ended;
    smtp.answers.message = () => undefined;
    expect(smtp.arrivals).toHaveLength(1);
    expect(await eventsOf(id)).toEqual(["queued"]);
    await deliver(id, later(now(), 3 * MINUTE_MS));
    expect(smtp.arrivals.map(({ mail }) => mail.messageId)).toEqual([
      `<${id}@example.com>`,
      `<${id}@example.com>`,
    ]);
    const marked = await db().emailEvent.findFirst({ where: { emailId: id, type: "delayed" } });
    expect(marked?.detail).toMatchObject({ possibleDuplicate: true });
  });
});

describe("emails whose turn comes together", () => {
  const clock = () => NOON;
  const EACH = 8;

  /** The transactions that wrote these emails' events of one type. */
  async function transactionsOf(ids: readonly string[], type: string): Promise<number> {
    const { rows } = await pool().query(
      `SELECT DISTINCT xmin::text FROM email_event WHERE email_id = ANY($1) AND type = $2::"EmailStatus"`,
      [ids, type],
    );
    return rows.length;
  }

  async function givenEmails(values: Partial<NewEmail> = {}): Promise<string[]> {
    return await Promise.all(Array.from({ length: EACH }, () => givenEmail(values)));
  }

  test("share a few transactions, and each has its own outcome", async () => {
    const [taken, refused, later, kept] = [
      await givenEmails(),
      await givenEmails({ to: ["nobody@refusing.example"] }),
      await givenEmails({ to: ["busy@greylisting.example"] }),
      await givenEmails({ environment: "test" }),
    ];
    smtp.answers.recipient = (email) => {
      if (email.includes("refusing")) return { code: 550, text: "5.1.1 No such user here" };
      return email.includes("greylisting") ? { code: 451, text: "4.7.1 Try later" } : undefined;
    };
    const ids = [...taken, ...refused, ...later, ...kept];
    await Promise.all(ids.map((id) => deliverEmail(id, clock, server)));
    for (const [id, ...types] of [
      ...taken.map((id) => [id, "queued", "sent", "delivered"]),
      ...later.map((id) => [id, "queued", "delayed"]),
      ...kept.map((id) => [id, "queued", "delivered"]),
    ]) {
      expect(await eventsOf(id ?? "")).toEqual(types);
    }
    const outcomes = await Promise.all(refused.map(eventsOf));
    expect(outcomes.filter((types) => types.includes("bounced"))).not.toHaveLength(0);
    for (const types of outcomes) expect(["bounced", "suppressed"]).toContain(types.at(-1));
    expect(smtp.arrivals).toHaveLength(EACH);
    for (const id of later) expect(await nextAttempt(id)).toEqual(new Date("2026-11-23T12:00:05Z"));
    expect(await transactionsOf(taken, "delivered")).toBeLessThan(EACH);
    expect(await transactionsOf(kept, "delivered")).toBeLessThan(EACH);
  });

  test("one that cannot be claimed holds up no other", async () => {
    const ids = await givenEmails();
    const [broken = "", ...others] = ids;
    await db().email.update({ where: { id: broken }, data: { attempts: 2_147_483_647 } });
    const outcomes = await Promise.allSettled(ids.map((id) => deliverEmail(id, clock, server)));
    expect(outcomes.map(({ status }) => status)).toEqual([
      "rejected",
      ...others.map(() => "fulfilled"),
    ]);
    for (const id of others) expect(await eventsOf(id)).toEqual(["queued", "sent", "delivered"]);
  });
});
