import { afterAll, beforeAll, expect, test } from "vitest";
import { deliverEmail } from "@/lib/mail/emails/deliver-email";
import { connectMailServer, type MailServer } from "@/lib/mail/emails/mail-server";
import { type NewAttachment, type NewEmail, queueEmails } from "@/lib/mail/emails/queue-emails";
import { transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { givenOwner } from "@/lib/testing/fixtures";
import { startMailServer, type TestMailServer } from "@/lib/testing/mail-server";

const NOON = new Date("2026-11-23T12:00:00.000Z");

let workspaceId: string;
let smtp: TestMailServer;
let server: MailServer;

beforeAll(async () => {
  ({ workspaceId } = await givenOwner());
  smtp = await startMailServer();
  server = connectMailServer(smtp.url);
});

afterAll(async () => {
  server.close();
  await smtp.close();
});

async function arrivalOf(values: Partial<NewEmail>) {
  const email: NewEmail = {
    id: newId("eml", NOON),
    workspaceId,
    environment: "live",
    from: "Shop <shop@example.com>",
    to: ["anna@example.com"],
    subject: "Your order",
    text: "Thank you",
    ...values,
  };
  await transact((tx) => queueEmails(tx, [email], NOON));
  await deliverEmail(email.id, () => NOON, server);
  const arrival = smtp.arrivals.at(-1);
  if (!arrival) throw new Error("Nothing arrived.");
  return arrival;
}

function attachment(contentType: string, filename = "a.bin"): NewAttachment {
  const content = new Uint8Array(Buffer.from(`Subject: x\r\n\r\n${"y".repeat(3_000)}`));
  return { filename, contentType, contentId: null, content };
}

const LONG = "w".repeat(5_000);

test.each<[string, Partial<NewEmail>]>([
  ["a text in one line", { text: LONG }],
  ["HTML in one line", { html: `<p>${LONG}</p>`, text: null }],
  [
    "both, in letters of three octets",
    { html: `<p>${"茶".repeat(3_000)}</p>`, text: "茶".repeat(3_000) },
  ],
  ["a subject without a space", { subject: "s".repeat(998) }],
  ["a subject in letters of three octets", { subject: "茶".repeat(998) }],
  ["a subject of words and one long stretch", { subject: `Tea ${"s".repeat(990)}` }],
  ["a header without a space", { headers: { "X-Order": "x".repeat(990) } }],
  ["a header of 2 000 letters", { headers: { "X-Order": "ö".repeat(2_000) } }],
  ["a header of words", { headers: { "X-Order": "words and words ".repeat(120) } }],
  [
    "a hundred ids",
    { headers: { References: `<${"a".repeat(20)}@b.example> `.repeat(50).trim() } },
  ],
  [
    "long names",
    { to: [`"${"n".repeat(200)}" <a@example.com>`, `${"ö".repeat(200)} <b@example.com>`] },
  ],
  [
    "fifty recipients",
    { to: Array.from({ length: 50 }, (_, at) => `${"p".repeat(50)}${at}@example.com`) },
  ],
  ["a long file name", { attachments: [attachment("application/pdf", `${"n".repeat(250)}.pdf`)] }],
  ["a file name in Chinese", { attachments: [attachment("application/pdf", "茶".repeat(250))] }],
  ["a message as attachment", { attachments: [attachment("message/rfc822")] }],
  ["a text as attachment", { attachments: [attachment("text/plain"), attachment("text/html")] }],
  ["a multipart as attachment", { attachments: [attachment("multipart/mixed")] }],
])("no line of a message is over 998 octets: %s", async (_, values) => {
  const { raw, mail } = await arrivalOf(values);
  const lines = raw.split("\r\n").map((line) => Buffer.byteLength(line));
  expect(Math.max(...lines)).toBeLessThanOrEqual(998);
  if (values.subject) expect(mail.subject).toBe(values.subject);
  const header = values.headers?.["X-Order"]?.trim();
  if (header?.startsWith("word")) expect(mail.headers.get("x-order")).toBe(header);
});

test("List-Unsubscribe stands on one line, whoever wrote it", async () => {
  const value = `<https://shop.example/t/u/eml_01kayq8m4xf2c9r7h3v5w6y8zb/${"s".repeat(300)}>, <mailto:a@example.com>`;
  const headers = {
    "List-Unsubscribe": value,
    "list-unsubscribe-post": "List-Unsubscribe=One-Click",
  };
  const { raw } = await arrivalOf({ headers });
  expect(raw).toContain(`List-Unsubscribe: ${value}\r\n`);
  expect(raw).toContain("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
});
