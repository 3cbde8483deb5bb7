const ASCII = /^[!-~]*$/;

/**
 * The URI for a link that may be an IRI: letters outside ASCII percent-encoded, those of its host by Punycode
 * (RFC 3987 §3.1). A `Location` holds nothing else (RFC 9110 §10.2.2). A link in ASCII stays as it is; throws for
 * one that is no URL.
 */
export function uriOf(link: string): string {
  return ASCII.test(link) ? link : new URL(link).href;
}
