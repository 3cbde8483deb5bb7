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

/** A trimmed, human-written text of at most `maxLength` UTF-16 units, free of control characters. */
export function plainText(maxLength: number) {
  return z
    .string()
    .max(maxLength, `Use at most ${maxLength} characters.`)
    .trim()
    .refine((text) => !CONTROL_BUT_NEWLINE_AND_TAB.test(text) && text.isWellFormed(), {
      message: "Contains characters that cannot be stored.",
    });
}
