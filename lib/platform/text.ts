import { z } from "zod";
import { plainIssue } from "@/lib/platform/plain-issues";

// Set here, since every schema of input imports this file.
z.config({ customError: plainIssue });

// In a browser zod would try to compile its checks, which the Content Security Policy forbids and reports. The
// schemas that pages load import this file before they are made.
if (typeof window !== "undefined") z.config({ jitless: true });

const CONTROL_BUT_NEWLINE_AND_TAB = /(?![\n\r\t])\p{Cc}/u;

/**
 * Whether Postgres can store `text` and give back the same: it refuses NUL, and a lone surrogate would
 * silently become U+FFFD.
 */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

/**
 * A text of at most `maxLength` UTF-16 units. What follows, such as a pattern, does not run on a longer one: the text
 * may be as long as a whole body.
 */
export function boundedText(
  maxLength: number,
  { error, tooLong }: { error?: string; tooLong?: string } = {},
) {
  return z.string(error).max(maxLength, {
    error: tooLong ?? `Use at most ${maxLength} characters.`,
    abort: true,
  });
}

/**
 * A trimmed, human-written text of at most `maxLength` UTF-16 units, free of control characters. It is composed
 * (NFC), so that one name typed on two machines is one text.
 */
export function plainText(maxLength: number) {
  return boundedText(maxLength)
    .trim()
    .normalize("NFC")
    .refine((text) => !CONTROL_BUT_NEWLINE_AND_TAB.test(text) && text.isWellFormed(), {
      message: "Contains characters that cannot be stored.",
    });
}

/** Characters that show nothing, or nothing but a gap, which come along when text is copied from a web page. */
const GAP = /[\s\p{Z}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/** A text without the spaces and invisible characters around it. */
export function trimInvisible(text: string): string {
  const characters = [...text];
  const isVisible = (character: string) => !GAP.test(character);
  const first = characters.findIndex(isVisible);
  if (first < 0) return "";
  return characters.slice(first, characters.findLastIndex(isVisible) + 1).join("");
}

/** The fault of a one-word text, such as an email, that has an invisible character in it; null without one. */
export function invisibleFault(text: string): string | null {
  const isInvisible = (character: string) => GAP.test(character) || /\p{Cc}/u.test(character);
  const found = [...text].find((character) => character !== " " && isInvisible(character));
  if (found === undefined) return null;
  const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `There is an invisible character, U+${code}, in it. Type it again instead of copying it.`;
}
