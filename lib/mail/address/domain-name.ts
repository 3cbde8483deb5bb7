import { toUnicode } from "nodemailer/lib/punycode";

/** A domain that may be written in two ways: with letters outside ASCII, or with their Punycode. */
const INTERNATIONAL = /[^ -~]|(?:^|\.)xn--/i;

/** Letters, digits, “.” and “-”: what can stand in a domain as people write it. */
const READABLE = /^[\p{L}\p{M}\p{N}.-]+$/u;

/** Whether a domain has two forms, one for people and one for the wire. */
export function isInternational(domain: string): boolean {
  return INTERNATIONAL.test(domain);
}

/**
 * The one form of a domain that is stored and compared: the one people read, `bücher.example`, also where
 * `xn--bcher-kva.example` is given (RFC 5891, UTS #46). One with signs that people cannot type safely, such as
 * pictures or invisible joiners, keeps its ASCII form. Null for an international domain that breaks the rules.
 */
export function unicodeDomain(domain: string): string | null {
  if (!isInternational(domain)) return domain;
  const ascii = asciiDomain(domain);
  if (ascii === null) return null;
  const unicode = toUnicode(ascii);
  return READABLE.test(unicode) ? unicode : ascii;
}

/** The form of a domain for mail servers and headers: `xn--bcher-kva.example`. Null as above. */
export function asciiDomain(domain: string): string | null {
  if (!isInternational(domain)) return domain;
  const url = `http://${domain}`;
  return URL.canParse(url) ? new URL(url).hostname : null;
}
