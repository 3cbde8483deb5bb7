import { unicodeDomain } from "@/lib/mail/address/domain-name";
import { EMAIL_MAX } from "@/lib/mail/address/limits";
import { boundedText, invisibleFault, trimInvisible } from "@/lib/platform/text";

/** Allows one "@" and letters of every script, but no spaces, quotes or brackets; `isEmail` checks the parts. */
const EMAIL =
  /^[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}.-]*[\p{L}\p{M}\p{N}])?$/u;
/** A part between two dots of either side is not empty (RFC 5322, section 3.2.3). */
const EMPTY_PART = /^\.|\.\.|\.@/;
/** A part of a domain neither begins nor ends with a hyphen (RFC 1123, section 2.1); before the “@” it may. */
const BARE_HYPHEN = /-\.|\.-/;

/** A domain's letters. Nothing else may reach the parser of domains. */
const DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;

/**
 * A normalised email: trimmed, in lower case, composed (NFC), its domain in the form that people read, so that
 * two spellings of one email are equal.
 */
export const contactEmail = boundedText(EMAIL_MAX, { error: "Give an e-mail address as text." })
  .transform(normaliseEmail)
  .superRefine((email, context) => {
    if (isEmail(email)) return;
    const message = invisibleFault(email) ?? "This is not an e-mail address.";
    context.addIssue({ code: "custom", message });
  })
  .meta({ format: "email", example: "ada@example.com" });

/** Dots of other scripts, which stand for “.” in a domain (UTS #46, section 2.3). */
const OTHER_DOTS = /[\u3002\uff0e\uff61]/g;

function normaliseEmail(text: string): string {
  const email = trimInvisible(text).normalize("NFC").toLowerCase().normalize("NFC");
  const at = email.lastIndexOf("@") + 1;
  const domain = email.slice(at).replaceAll(OTHER_DOTS, ".");
  // A domain that breaks the rules of international ones leaves an email without one, which is refused.
  return email.slice(0, at) + (DOMAIN.test(domain) ? (unicodeDomain(domain) ?? "") : domain);
}

function isEmail(text: string): boolean {
  if (text.length > EMAIL_MAX || EMPTY_PART.test(text) || !EMAIL.test(text)) return false;
  const domain = text.slice(text.indexOf("@") + 1);
  return domain.includes(".") && !BARE_HYPHEN.test(domain) && invisibleFault(text) === null;
}
