import { expect, test } from "vitest";
import { isStorable, plainText } from "@/lib/platform/text";

test.each(["", "plain", "line\nbreak\tand tab", "emoji 👩‍🚀", "שלום", "é\u0301"])(
  "%j is storable text",
  (text) => {
    expect(isStorable(text)).toBe(true);
    expect(plainText(100).safeParse(text).success).toBe(true);
  },
);

test.each(["nul \0", "lone \ud800", "lone \udc00 tail"])("%j is refused, not mangled", (text) => {
  expect(isStorable(text)).toBe(false);
  expect(plainText(100).safeParse(text).success).toBe(false);
});

test("text is trimmed and cut off by a message, not silently", () => {
  expect(plainText(5).parse("  ab ")).toBe("ab");
  expect(plainText(5).safeParse("abcdef").success).toBe(false);
});
