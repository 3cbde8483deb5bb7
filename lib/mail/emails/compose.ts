import { createHash } from "node:crypto";
import MailComposer from "nodemailer/lib/mail-composer";
import { addressOf, domainOf, parseMailbox } from "@/lib/mail/address/mailbox";
import { plainTextOf } from "@/lib/mail/templates/plain-text";
import { reader } from "@/lib/platform/database/unit-of-work";

/** A message as it goes over the wire, without its “bcc”. */
export type ComposedMessage = { from: string; raw: Buffer };

/**
 * One Message-ID for an email, whoever composes it and however often: a mail server or a reader that gets it
 * twice can tell.
 */
export function messageIdOf({ id, from }: { id: string; from: string }): string {
  return `<${id}@${domainOf(addressOf(from))}>`;
}

/** What an email says, as it is stored. A text that is blank says to send none; one that is null was not given. */
type StoredContent = { html: string | null; text: string | null };

/**
 * The plain text part of an email: as it was given, else what its HTML says. People who see no HTML get a
 * message too, and filters trust mails that have both. Null where there is none.
 */
export async function textPartOf(
  owner: { workspaceId: string },
  { html, text }: StoredContent,
): Promise<string | null> {
  if (text !== null) return text.trim() ? text : null;
  return html ? await plainTextOf(owner, html) : null;
}

/** The bytes of an email, the same each time; null when the email is gone. */
export async function composeMessage(emailId: string): Promise<ComposedMessage | null> {
  const email = await reader().email.findUnique({
    where: { id: emailId },
    include: { content: true, attachments: { orderBy: { position: "asc" } } },
  });
  if (!email) return null;
  const { id, from, to, cc, replyTo, subject, content, attachments } = email;
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
    attachments: attachments.map(({ filename, contentType, contentId, content: bytes }) => ({
      filename,
      contentType,
      content: Buffer.from(bytes),
      ...(contentId ? { cid: contentId, contentDisposition: "inline" } : {}),
    })),
    baseBoundary: createHash("sha256").update(id).digest("hex").slice(0, 24),
    // Nothing in an email may name a file or an address for us to read.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { from: addressOf(from), raw: await composer.compile().build() };
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
