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

/** A trimmed, human-written text of at most `maxLength` UTF-16 units, free of control characters. */
export function plainText(maxLength: number) {
  return boundedText(maxLength)
    .trim()
    .refine((text) => !CONTROL_BUT_NEWLINE_AND_TAB.test(text) && text.isWellFormed(), {
      message: "Contains characters that cannot be stored.",
    });
}
