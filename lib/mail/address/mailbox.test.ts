import { describe, expect, test } from "vitest";
import {
  domainOf,
  invisibleInMailbox,
  isHeaderText,
  parseMailbox,
} from "@/lib/mail/address/mailbox";

describe("a mailbox", () => {
  test.each([
    ["anna@example.com", { name: null, email: "anna@example.com" }],
    [" Anna@Example.COM ", { name: null, email: "anna@example.com" }],
    ["Anna Kern <anna@example.com>", { name: "Anna Kern", email: "anna@example.com" }],
    ['"Kern, Anna" <anna@example.com>', { name: "Kern, Anna", email: "anna@example.com" }],
    ['"A \\"B\\" C" <a@example.com>', { name: 'A "B" C', email: "a@example.com" }],
    ["Kern, Anna <anna@example.com>", { name: "Kern, Anna", email: "anna@example.com" }],
    ["<anna+news@example.com>", { name: null, email: "anna+news@example.com" }],
    ['"Anna <3 tea" <anna3@example.com>', { name: "Anna <3 tea", email: "anna3@example.com" }],
    ['"a <b@c.de>" <anna@example.com>', { name: "a <b@c.de>", email: "anna@example.com" }],
    ['"\\"<>\\"" <anna@example.com>', { name: '"<>"', email: "anna@example.com" }],
    ['"Anna "<anna@example.com>', { name: "Anna", email: "anna@example.com" }],
    ['An"na <anna@example.com>', { name: 'An"na', email: "anna@example.com" }],
    ["Anna <\u200banna@example.com\ufeff>\u200b", { name: "Anna", email: "anna@example.com" }],
    ["Zoe\u0308 <zoe@example.com>", { name: "Zoë", email: "zoe@example.com" }],
    ["Анна 🌷 <anna@пример.рф>", { name: "Анна 🌷", email: "anna@пример.рф" }],
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
    "Anna <3 tea <anna3@example.com>",
    '"Anna <3" tea <3 <anna3@example.com>',
    '"Anna <3 <anna3@example.com>',
    '"A" <b@example.com>" <a@example.com>',
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

test("an invisible character in its email is named, one in its name is not", () => {
  expect(invisibleInMailbox("Anna <an\u200bna@example.com>")).toContain("U+200B");
  expect(invisibleInMailbox("an\u00adna@example.com ")).toContain("U+00AD");
  expect(invisibleInMailbox("An\u200bna <anna@@example.com>")).toBeNull();
  expect(invisibleInMailbox("a b@example.com")).toBeNull();
});
