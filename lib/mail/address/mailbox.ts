import { contactEmail } from "@/lib/mail/address/schema";

/** Somebody's place in a message: `Anna Kern <anna@example.com>`, or the address alone. */
export type Mailbox = { name: string | null; address: string };

const MAILBOX_NAME_MAX = 200;

/** Everything that ends a line or hides in one, for any reader of a header: C0, C1, U+2028 and U+2029. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}]/u;

/** Whether a text may stand in a header of a message. */
export function isHeaderText(text: string): boolean {
  return !UNPRINTABLE.test(text);
}

/** What `text` names; null when it is not one mailbox. The address comes normalised, as contacts have it. */
export function parseMailbox(text: string): Mailbox | null {
  if (!isHeaderText(text)) return null;
  const [, given = "", bracketed] = /^([^<>]*)<([^<>]*)>\s*$/.exec(text) ?? [];
  const address = contactEmail.safeParse(bracketed ?? text);
  if (!address.success) return null;
  const name = unquoted(given.trim());
  if (name.length > MAILBOX_NAME_MAX) return null;
  return { name: name || null, address: address.data };
}

function unquoted(name: string): string {
  const quoted = /^"(.*)"$/.exec(name)?.[1];
  return quoted === undefined ? name : quoted.replaceAll(/\\(.)/g, "$1").trim();
}

/** The address in a mailbox that was checked before. */
export function addressOf(mailbox: string): string {
  const parsed = parseMailbox(mailbox);
  if (!parsed) throw new Error("A stored mailbox is not one.");
  return parsed.address;
}

/** The part behind the “@”. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}
