import { createHash } from "node:crypto";
import MailComposer from "nodemailer/lib/mail-composer";
import { encodeWord } from "nodemailer/lib/mime-funcs";
import { isDeletedMailbox } from "@/lib/mail/address/deleted-contact";
import {
  domainOf,
  emailIn,
  needsSmtpUtf8,
  parseMailbox,
  wireForm,
} from "@/lib/mail/address/mailbox";
import { hasLongLine, hasLongStretch, standsOnOneLine } from "@/lib/mail/emails/header-lines";
import type { StoredEmail } from "@/lib/mail/emails/stored-email";
import { plainTextOf } from "@/lib/mail/templates/plain-text";
import { reader } from "@/lib/platform/database/unit-of-work";

/**
 * A message as it goes over the wire, without its “bcc”. `plainRaw` is the same for servers without SMTPUTF8,
 * where it differs: it names a mailbox that such a server cannot be told of without its address.
 */
export type ComposedMessage = {
  from: string;
  replyTo: string[];
  raw: Buffer;
  plainRaw: Buffer | null;
};

/**
 * The Message-ID of an email. It is the same each time the email is composed, so that a mail server or a mail
 * program that gets the email twice can tell.
 */
export function messageIdOf({ id, from }: { id: string; from: string }): string {
  return `<${id}@${domainOf(wireForm(emailIn(from)))}>`;
}

/** The stored content of an email. A blank text means that none is sent; a null text was not given. */
type StoredContent = { html: string | null; text: string | null };

/**
 * The plain text part of an email: the given one, else one made from its HTML, for people who see no HTML and
 * for spam filters, which trust emails that have both. Null where there is none.
 */
export async function textPartOf(
  owner: { workspaceId: string },
  { html, text }: StoredContent,
): Promise<string | null> {
  if (text !== null) return text.trim() ? text : null;
  return html ? await plainTextOf(owner, html) : null;
}

/** The bytes of a stored email, the same each time it is composed. */
export async function composeMessage(email: StoredEmail): Promise<ComposedMessage> {
  const { from, to, cc, replyTo, html, text, fileBytes } = email;
  const textPart = await textPartOf(email, { html, text });
  const files = fileBytes === null ? [] : await readAttachments(email.id);
  const named = [from, ...to, ...cc, ...replyTo].map(emailIn);
  const raw = await compose(email, textPart, files, namedAddress);
  const hasOther = named.some(needsSmtpUtf8);
  const plainRaw = hasOther ? await compose(email, textPart, files, plainAddress) : null;
  return { from: emailIn(from), replyTo: replyTo.map(emailIn), raw, plainRaw };
}

type Attachment = {
  filename: string;
  contentType: string;
  contentId: string | null;
  content: Uint8Array;
};

async function readAttachments(emailId: string): Promise<Attachment[]> {
  return await reader().emailAttachment.findMany({
    where: { emailId },
    orderBy: { position: "asc" },
    select: { filename: true, contentType: true, contentId: true, content: true },
  });
}

async function compose(
  email: StoredEmail,
  textPart: string | null,
  attachments: readonly Attachment[],
  address: (mailbox: string) => Address,
): Promise<Buffer> {
  const { id, from, subject, html, headers } = email;
  const addresses = (list: readonly string[]) => list.filter(isThere).map(address);
  const composer = new MailComposer({
    from: address(from),
    to: addresses(email.to),
    cc: addresses(email.cc),
    replyTo: addresses(email.replyTo),
    subject: hasLongStretch(subject) ? encodeWord(subject, "Q", ENCODED_WORD_CHARS) : subject,
    messageId: messageIdOf(email),
    date: email.scheduledAt ?? email.createdAt,
    headers: asHeaders(headers),
    ...(html ? { html } : {}),
    text: textPart ?? (html ? undefined : ""),
    attachments: attachments.map(({ filename, contentType, contentId, content: bytes }) => ({
      filename,
      contentType: sendableType(contentType, bytes),
      content: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      ...(contentId ? { cid: contentId, contentDisposition: "inline" } : {}),
    })),
    baseBoundary: createHash("sha256").update(id).digest("hex").slice(0, 24),
    // No email may make us read a file or fetch a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return await composer.compile().build();
}

/** A recipient whose contact was deleted meanwhile has no mailbox that others could be told. */
function isThere(mailbox: string): boolean {
  return !isDeletedMailbox(mailbox);
}

/** The most characters of an encoded word; a text is cut into as many as it needs (RFC 2047 §2). */
const ENCODED_WORD_CHARS = 52;

/** A mailbox in a header; a group without members is its name alone, in quotes before a colon. */
type Address = { name: string; address: string } | string;

function namedAddress(mailbox: string): { name: string; address: string } {
  const parsed = parseMailbox(mailbox);
  if (!parsed) throw new Error("A stored mailbox is not one.");
  return { name: parsed.name ?? "", address: parsed.email };
}

/** Names a mailbox that needs SMTPUTF8 as an empty group, which servers without it can pass on (RFC 6857 §3.1). */
function plainAddress(mailbox: string): Address {
  const { name, address } = namedAddress(mailbox);
  if (!needsSmtpUtf8(address)) return { name, address };
  const words = `${name} ${address}`.trim().replaceAll(/["\\]/g, "\\$&");
  return `"${words}": ;`;
}

/**
 * The type an attachment is sent with. A message inside a message is not encoded (RFC 2046 §5.2.1), so one with
 * lines too long for a mail server goes as a plain file.
 */
function sendableType(contentType: string, bytes: Uint8Array): string {
  if (!/^message\//i.test(contentType)) return contentType;
  return hasLongLine(bytes) ? "application/octet-stream" : contentType;
}

type Header = { key: string; value: string | { prepared: boolean; value: string } };

function asHeaders(headers: Readonly<Record<string, string>>): Header[] {
  return Object.entries(headers).map(([key, value]) => {
    return { key, value: standsOnOneLine(key, value) ? { prepared: true, value } : value };
  });
}
