import { createHash } from "node:crypto";
import MailComposer from "nodemailer/lib/mail-composer";
import { domainOf, emailIn, parseMailbox } from "@/lib/mail/address/mailbox";
import { plainTextOf } from "@/lib/mail/templates/plain-text";
import { reader } from "@/lib/platform/database/unit-of-work";

/** A message as it goes over the wire, without its “bcc”. */
export type ComposedMessage = { from: string; raw: Buffer };

/**
 * The Message-ID of an email. It is the same each time the email is composed, so that a mail server or a mail
 * program that gets the email twice can tell.
 */
export function messageIdOf({ id, from }: { id: string; from: string }): string {
  return `<${id}@${domainOf(emailIn(from))}>`;
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

/**
 * Composes the bytes of a stored email, the same each time; null when the email is gone. Called within
 * `inTurnForAttachments`.
 */
export async function composeMessage(emailId: string): Promise<ComposedMessage | null> {
  const email = await reader().email.findUnique({
    where: { id: emailId },
    include: { content: true },
  });
  if (!email) return null;
  const { id, from, to, cc, replyTo, subject, content } = email;
  const attachments = await attachmentsOf(id);
  const parts = content ?? { html: null, text: null };
  const textPart = await textPartOf(email, parts);
  const composer = new MailComposer({
    from: namedAddress(from),
    to: to.map(namedAddress),
    cc: cc.map(namedAddress),
    replyTo: replyTo.map(namedAddress),
    subject,
    messageId: messageIdOf(email),
    date: email.scheduledAt ?? email.createdAt,
    headers: asHeaders(content?.headers),
    ...(parts.html ? { html: parts.html } : {}),
    text: textPart ?? (parts.html ? undefined : ""),
    attachments: attachments.map(({ filename, contentType, contentId, base64 }) => ({
      filename,
      contentType,
      content: base64,
      encoding: "base64",
      ...(contentId ? { cid: contentId, contentDisposition: "inline" } : {}),
    })),
    baseBoundary: createHash("sha256").update(id).digest("hex").slice(0, 24),
    // No email may make us read a file or fetch a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { from: emailIn(from), raw: await composer.compile().build() };
}

type Attachment = {
  filename: string;
  contentType: string;
  contentId: string | null;
  base64: string;
};

/** As base64, which takes a quarter of the memory that the bytes take on their way from the database. */
async function attachmentsOf(emailId: string): Promise<Attachment[]> {
  return await reader().$queryRaw<Attachment[]>`
    SELECT filename, content_type AS "contentType", content_id AS "contentId", encode(content, 'base64') AS base64
    FROM email_attachment WHERE email_id = ${emailId} ORDER BY position`;
}

function namedAddress(mailbox: string): { name: string; address: string } {
  const parsed = parseMailbox(mailbox);
  if (!parsed) throw new Error("A stored mailbox is not one.");
  return { name: parsed.name ?? "", address: parsed.address };
}

function asHeaders(stored: unknown): { key: string; value: string }[] {
  const headers = (stored ?? {}) as Record<string, string>;
  return Object.entries(headers).map(([key, value]) => ({ key, value }));
}
