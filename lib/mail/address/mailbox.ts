import { asciiDomain } from "@/lib/mail/address/domain-name";
import { contactEmail } from "@/lib/mail/address/schema";
import { invisibleFault, trimInvisible } from "@/lib/platform/text";

/** A sender or recipient as a message names it: `Anna Kern <anna@example.com>`, or the email alone. */
export type Mailbox = { name: string | null; email: string };

const MAILBOX_NAME_MAX = 200;

/** Characters that end a line, or hide in one, for any reader of a header: C0, C1, U+2028 and U+2029. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}]/u;

/** Whether a text may stand in a header of a message. */
export function isHeaderText(text: string): boolean {
  return !UNPRINTABLE.test(text);
}

/** A display name in quotes, in which any character may stand (RFC 5322, section 3.2.4). */
const QUOTED = /^"((?:[^"\\]|\\.)*)"$/;

/** Reads one mailbox; null when `text` is not one. The email in it is normalised, like a contact's. */
export function parseMailbox(text: string): Mailbox | null {
  if (!isHeaderText(text)) return null;
  const { before, inside } = partsOf(text);
  const email = contactEmail.safeParse(inside);
  if (!email.success) return null;
  const name = readName(before);
  if (name === null || name.length > MAILBOX_NAME_MAX) return null;
  return { name: name || null, email: email.data };
}

/** The fault of a mailbox whose email holds an invisible character; null without one. */
export function invisibleInMailbox(text: string): string | null {
  return isHeaderText(text) ? invisibleFault(trimInvisible(partsOf(text).inside)) : null;
}

/** The display name and the email of a text such as `Anna <anna@example.com>`. An email alone has no name. */
function partsOf(text: string): { before: string; inside: string } {
  const mailbox = trimInvisible(text);
  const open = mailbox.endsWith(">") ? mailbox.lastIndexOf("<") : -1;
  if (open < 0) return { before: "", inside: mailbox };
  return { before: mailbox.slice(0, open).trim(), inside: mailbox.slice(open + 1, -1) };
}

/** The name as people read it: out of its quotes. Null for one with a bracket outside of quotes. */
function readName(written: string): string | null {
  const quoted = QUOTED.exec(written)?.[1];
  if (quoted !== undefined) return quoted.replaceAll(/\\(.)/g, "$1").trim().normalize("NFC");
  return /[<>]/.test(written) ? null : written.normalize("NFC");
}

/** The normalised email in a mailbox that was checked before; throws for a text that is not one mailbox. */
export function emailIn(mailbox: string): string {
  const parsed = parseMailbox(mailbox);
  if (!parsed) throw new Error("A stored mailbox is not one.");
  return parsed.email;
}

/** The domain of an email: the part behind the “@”. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1);
}

/** An email as mail servers and headers have it: its domain in ASCII. What stands before the “@” stays. */
export function wireForm(email: string): string {
  const at = email.lastIndexOf("@") + 1;
  const domain = email.slice(at);
  return email.slice(0, at) + (asciiDomain(domain) ?? domain);
}

/**
 * Whether an email has letters outside ASCII before the “@”. There is no other way to write it, so only servers
 * that offer SMTPUTF8 can take it (RFC 6531).
 */
export function needsSmtpUtf8(email: string): boolean {
  return /[^ -~]/.test(email.slice(0, email.lastIndexOf("@")));
}
