import { boundedText } from "@/lib/platform/text";

export const EMAIL_MAX = 254;

/** Allows one "@" and letters of every script, but no spaces, quotes or brackets; `isEmail` checks the labels. */
const EMAIL =
  /^[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}.-]*[\p{L}\p{M}\p{N}])?$/u;
const EMPTY_LABEL = /^\.|\.\.|\.@|-\.|\.-/;

/** A normalised email: trimmed, in lower case, composed (NFC), so that two spellings of one email are equal. */
export const contactEmail = boundedText(EMAIL_MAX, { error: "Give an e-mail address as text." })
  .transform(normaliseEmail)
  .refine(isEmail, { message: "This is not an e-mail address." })
  .meta({ format: "email", example: "ada@example.com" });

function normaliseEmail(text: string): string {
  return text.trim().normalize("NFC").toLowerCase().normalize("NFC");
}

function isEmail(text: string): boolean {
  if (text.length > EMAIL_MAX || EMPTY_LABEL.test(text) || !EMAIL.test(text)) return false;
  return text.indexOf(".", text.indexOf("@")) > 0;
}
