import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deliverEmail } from "@/lib/mail/emails/deliver-email";
import type { EmailEventDetail } from "@/lib/mail/emails/email-events";
import { connectMailServer, type MailServer } from "@/lib/mail/emails/mail-server";
import { type NewEmail, queueEmails } from "@/lib/mail/emails/queue-emails";
import { eventInWords } from "@/lib/mail/emails/words";
import type { MemberActor } from "@/lib/people/auth/actor";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { givenOwner } from "@/lib/testing/fixtures";
import { startMailServer, type TestMailServer } from "@/lib/testing/mail-server";

const NOON = new Date("2026-11-23T12:00:00.000Z");

let owner: MemberActor;
let modern: TestMailServer;
let old: TestMailServer;
let toModern: MailServer;
let toOld: MailServer;

beforeAll(async () => {
  modern = await startMailServer();
  old = await startMailServer({ hideSMTPUTF8: true });
  toModern = connectMailServer(modern.url);
  toOld = connectMailServer(old.url);
});

afterAll(async () => {
  toModern.close();
  toOld.close();
  await modern.close();
  await old.close();
});

beforeEach(async () => {
  owner = await givenOwner();
  for (const server of [modern, old]) {
    server.arrivals.length = 0;
    server.answers.recipient = () => undefined;
  }
});

async function deliver(by: MailServer, values: Partial<NewEmail>) {
  const email: NewEmail = {
    id: newId("eml", NOON),
    workspaceId: owner.workspaceId,
    environment: "live",
    from: "Shop <shop@example.com>",
    to: ["anna@example.com"],
    subject: "Your order",
    text: "Thank you",
    ...values,
  };
  await transact((tx) => queueEmails(tx, [email], NOON));
  await deliverEmail(email.id, () => NOON, by);
  const events = await db().emailEvent.findMany({
    where: { emailId: email.id },
    orderBy: { id: "asc" },
  });
  const { status } = await db().email.findUniqueOrThrow({ where: { id: email.id } });
  const told = events.map(({ type, detail }) => ({ type, detail: detail as EmailEventDetail }));
  return { status, told: told.filter(({ type }) => type !== "queued") };
}

describe("an international domain", () => {
  test("is written in ASCII wherever a mail server or a mail program reads it", async () => {
    await deliver(toOld, {
      from: "Bücher <laden@bücher.example>",
      to: ["info@xn--bcher-kva.example", "Анна <anna@пример.рф>"],
      replyTo: ["hilfe@bücher.example"],
    });
    const raw = old.arrivals[0]?.raw ?? "";
    expect(raw).toMatch(/^[ -~\r\n\t]+$/);
    expect(raw).toMatch(/^To: info@xn--bcher-kva\.example,/m);
    expect(raw).toMatch(/^Message-ID: <eml_\w{26}@xn--bcher-kva\.example>/im);
    expect(raw).toMatch(/^Reply-To: hilfe@xn--bcher-kva\.example/m);
  });

  test.each(["info@bücher.example", "info@xn--bcher-kva.example", "Info@BÜCHER.example"])(
    "%s, refused among several, is bounced and not also delivered",
    async (written) => {
      modern.answers.recipient = (email) =>
        email.startsWith("info@") ? { code: 550, text: "5.1.1 No such user" } : undefined;
      const { status, told } = await deliver(toModern, { to: ["anna@example.com", written] });
      expect(status).toBe("delivered");
      expect(told.map(({ type, detail }) => [type, detail.recipients])).toEqual([
        ["bounced", ["info@bücher.example"]],
        ["sent", ["anna@example.com"]],
        ["delivered", ["anna@example.com"]],
      ]);
      const { workspaceId } = owner;
      const suppressed = await db().suppression.findMany({ where: { workspaceId } });
      expect(suppressed.map(({ email }) => email)).toEqual(["info@bücher.example"]);
      for (const again of ["info@bücher.example", "info@xn--bcher-kva.example"]) {
        expect(await deliver(toModern, { to: [again] })).toMatchObject({ status: "suppressed" });
      }
    },
  );
});

describe("letters outside ASCII before the “@”", () => {
  test("reach a server that offers SMTPUTF8", async () => {
    const { status } = await deliver(toModern, { to: ["Jörg <jörg@bücher.example>"] });
    expect(status).toBe("delivered");
    expect(modern.arrivals[0]?.to).toEqual(["jörg@bücher.example"]);
    expect(modern.arrivals[0]?.raw).toContain("<jörg@bücher.example>");
  });

  test("are not handed to a server without it, and the event says so", async () => {
    const { status, told } = await deliver(toOld, { to: ["jörg@example.com"] });
    expect(old.arrivals).toHaveLength(0);
    expect(status).toBe("bounced");
    const detail = { reason: "needs_smtputf8", recipients: ["jörg@example.com"] };
    expect(told).toEqual([{ type: "bounced", detail }]);
    const words = eventInWords("bounced", detail);
    expect(words.title).toBe("Not sent to jörg@example.com");
    expect(words.explanation).toContain("cannot send to an email with letters such as “ö”");
    expect(await db().suppression.count({ where: { workspaceId: owner.workspaceId } })).toBe(0);
  });

  test("keep the mail from nobody else, who gets it in ASCII", async () => {
    const { status, told } = await deliver(toOld, {
      to: ["Jörg <jörg@example.com>", "anna@example.com"],
      bcc: ["größe@example.com"],
    });
    expect(status).toBe("delivered");
    expect(told.map(({ type, detail }) => [type, detail.recipients])).toEqual([
      ["bounced", ["jörg@example.com"]],
      ["bounced", ["größe@example.com"]],
      ["sent", ["anna@example.com"]],
      ["delivered", ["anna@example.com"]],
    ]);
    const [arrival] = old.arrivals;
    expect(arrival?.to).toEqual(["anna@example.com"]);
    expect(arrival?.raw).toMatch(/^[ -~\r\n\t]+$/);
    expect(arrival?.raw).toMatch(/^To: =\?UTF-8\?[^\r]+:;, anna@example\.com/m);
  });

  test("in the sender keep the email here", async () => {
    const { status, told } = await deliver(toOld, { from: "jörg@example.com" });
    expect(old.arrivals).toHaveLength(0);
    expect(status).toBe("failed");
    expect(told).toMatchObject([{ type: "failed", detail: { reason: "needs_smtputf8" } }]);
    expect(await deliver(toModern, { from: "jörg@example.com" })).toMatchObject({
      status: "delivered",
    });
  });

  test("in a reply-to keep the email here too: answers would go to nobody", async () => {
    for (const replyTo of [["jörg@example.com"], ["help@example.com", "Jörg <jörg@example.com>"]]) {
      const { status, told } = await deliver(toOld, { replyTo });
      expect(old.arrivals).toHaveLength(0);
      expect(status).toBe("failed");
      expect(told).toMatchObject([{ type: "failed", detail: { reason: "needs_smtputf8" } }]);
      expect(eventInWords("failed", told[0]?.detail ?? {}).explanation).toContain("answers go to");
    }
    await deliver(toModern, { replyTo: ["Jörg <jörg@example.com>"] });
    expect(modern.arrivals[0]?.raw).toMatch(/^Reply-To: .*<jörg@example\.com>/m);
  });

  test("are tried again while the server is out of reach", async () => {
    const nobody = connectMailServer("smtp://127.0.0.1:9");
    expect(await deliver(nobody, { to: ["jörg@example.com"] })).toMatchObject({
      status: "delayed",
    });
    nobody.close();
  });
});
