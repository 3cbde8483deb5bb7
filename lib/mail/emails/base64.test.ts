import fc from "fast-check";
import { expect, test } from "vitest";
import { sizeOfBase64 } from "@/lib/mail/emails/base64";
import { cpuMs } from "@/lib/testing/cpu-time";

test("it is the number of bytes that the text was made of, line breaks or not", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(76), (bytes, at) => {
      const text = Buffer.from(bytes).toString("base64");
      expect(sizeOfBase64(text)).toBe(bytes.length);
      expect(sizeOfBase64(`${text.slice(0, at)}\r\n${text.slice(at)}`)).toBe(bytes.length);
    }),
  );
});

test("every character but the digits of base64 is refused", () => {
  for (let code = 0; code < 0x300; code += 1) {
    const character = String.fromCharCode(code);
    if (character === "\r" || character === "\n") continue;
    const expected = /^[A-Za-z0-9+/]$/.test(character) ? 3 : null;
    expect([character, sizeOfBase64(`AAA${character}`)]).toEqual([
      character,
      character === "=" ? 2 : expected,
    ]);
  }
});

test.each(["A", "AA", "AAA", "A===", "AA=A", "====", "AAAA=", "=AAA", "AA==AAAA", "AA-_", "AA AA"])(
  "%j is not base64",
  (text) => {
    expect(sizeOfBase64(text)).toBeNull();
  },
);

test.each([
  ["padding and a letter", `${"=".repeat(14_000_000)}x`],
  ["padding alone", "=".repeat(14_000_000)],
  ["line breaks", "\n".repeat(14_000_000)],
  ["a line break after each digit", "A\n".repeat(7_000_000)],
  ["digits", "A".repeat(14_000_000)],
])("14 MB of %s are read in a moment", (_, text) => {
  expect(cpuMs(() => sizeOfBase64(text))).toBeLessThan(250);
});
