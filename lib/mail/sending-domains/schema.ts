import { z } from "zod";
import { unicodeDomain } from "@/lib/mail/address/domain-name";
import { DOMAIN_MAX } from "@/lib/mail/sending-domains/limits";
import { boundedText, plainText } from "@/lib/platform/text";
/** The most domains a workspace can name. */
export const DOMAINS_MAX = 100;

const DOMAIN = /^[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}.-]*[\p{L}\p{M}\p{N}])?$/u;

/** A domain as normalised emails have it: in lower case, composed (NFC), as people read it, without an “@”. */
export const domainName = plainText(DOMAIN_MAX)
  .transform(normaliseDomain)
  .refine((text) => DOMAIN.test(text) && text.includes(".") && !/\.\.|-\.|\.-/.test(text), {
    message: "Use a domain such as example.com, without “https://” or a path.",
  });

function normaliseDomain(text: string): string {
  const domain = text.replace(/^@/, "").normalize("NFC").toLowerCase().normalize("NFC");
  return DOMAIN.test(domain) ? (unicodeDomain(domain) ?? "") : domain;
}

export const addDomainInput = z.strictObject({ name: domainName });
export type AddDomainInput = z.infer<typeof addDomainInput>;

export const removeDomainInput = z.strictObject({ id: boundedText(100).min(1) });
export type RemoveDomainInput = z.infer<typeof removeDomainInput>;
