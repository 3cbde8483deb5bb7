import { describe, expect, test } from "vitest";
import { domainOf, isHeaderText, parseMailbox } from "@/lib/mail/address/mailbox";

describe("a mailbox", () => {
  test.each([
    ["anna@example.com", { name: null, address: "anna@example.com" }],
    [" Anna@Example.COM ", { name: null, address: "anna@example.com" }],
    ["Anna Kern <anna@example.com>", { name: "Anna Kern", address: "anna@example.com" }],
    ['"Kern, Anna" <anna@example.com>', { name: "Kern, Anna", address: "anna@example.com" }],
    ['"A \\"B\\" C" <a@example.com>', { name: 'A "B" C', address: "a@example.com" }],
    ["Kern, Anna <anna@example.com>", { name: "Kern, Anna", address: "anna@example.com" }],
    ["<anna+news@example.com>", { name: null, address: "anna+news@example.com" }],
    ["Анна 🌷 <anna@пример.рф>", { name: "Анна 🌷", address: "anna@пример.рф" }],
  ])("%j is understood", (text, mailbox) => {
    expect(parseMailbox(text)).toEqual(mailbox);
  });

  test.each([
    "",
    "anna",
    "anna@localhost",
    "a@example.com, b@example.com",
    "A <a@example.com>, B <b@example.com>",
    "A <a@example.com> <b@example.com>",
    "A <a@example.com",
    "A\r\nBcc: <b@example.com>",
    "A\0 <a@example.com>",
    "A\u2028 <a@example.com>",
    "A\u0085 <a@example.com>",
    `${"n".repeat(201)} <a@example.com>`,
  ])("%j is not one", (text) => {
    expect(parseMailbox(text)).toBeNull();
  });

  test("its domain is what follows the last @", () => {
    expect(domainOf("anna@mail.example.com")).toBe("mail.example.com");
  });
});

test.each(["\r", "\n", "\0", "\t", "\x1b", "\x7f", "\u0085", "\u2028", "\u2029", "\ud800"])(
  "%j does not stand in a header",
  (character) => {
    expect(isHeaderText(`a${character}b`)).toBe(false);
  },
);
