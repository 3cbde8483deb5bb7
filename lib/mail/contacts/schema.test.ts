import fc from "fast-check";
import { expect, test } from "vitest";
import { contactEmail } from "@/lib/mail/address/schema";
import { createContactInput } from "@/lib/mail/contacts/schema";
import { cpuMs } from "@/lib/testing/cpu-time";

test.each([
  ["anna@example.com", "anna@example.com"],
  ["  Anna.Berg+Shop@Example.COM ", "anna.berg+shop@example.com"],
  ["o'brien@example.co.uk", "o'brien@example.co.uk"],
  ["JÖRG@BÜCHER.de", "jörg@bücher.de"],
  ["jo\u0308rg@example.com", "jörg@example.com"],
  ["xn--jrg@xn--bcher-kva.de", "xn--jrg@bücher.de"],
  ["info@XN--BCHER-KVA.example", "info@bücher.example"],
  ["info@bu\u0308cher.example", "info@bücher.example"],
  ["info@ＢÜＣＨＥＲ.example", "info@bücher.example"],
  ["info@bücher。example", "info@bücher.example"],
  ["info@shop．bücher｡example", "info@shop.bücher.example"],
  ["info@shop.xn--bcher-kva.xn--p1ai", "info@shop.bücher.рф"],
  ["info@faß.example", "info@faß.example"],
  ["info@xn--fa-hia.example", "info@faß.example"],
  ["info@xn--i-7iq.example", "info@xn--i-7iq.example"],
  ["用户@例子.公司", "用户@例子.公司"],
  ["उपयोगकर्ता@उदाहरण.भारत", "उपयोगकर्ता@उदाहरण.भारत"],
  ["\u200banna@example.com\u200b", "anna@example.com"],
  ["\ufeff\u2060 anna@example.com\u00a0\u200e", "anna@example.com"],
  ["anna.-k@example.com", "anna.-k@example.com"],
  ["anna-.k@example.com", "anna-.k@example.com"],
  ["-anna-@example.com", "-anna-@example.com"],
])("%s is kept as %s", (given, kept) => {
  expect(contactEmail.parse(given)).toBe(kept);
});

test.each([
  "",
  "anna",
  "@example.com",
  "anna@",
  "anna@localhost",
  "anna@@example.com",
  "an na@example.com",
  "anna@exam ple.com",
  "anna@example..com",
  "anna@.example.com",
  "anna@example.com.",
  "anna@-example.com",
  "anna@example-.com",
  ".anna@example.com",
  "anna.@example.com",
  "an..na@example.com",
  "<anna@example.com>",
  "Anna <anna@example.com>",
  "anna@example.com, b@example.com",
  "anna@example.com\r\nBcc: b@example.com",
  "anna\0@example.com",
  "anna＠example.com",
  "anna@[127.0.0.1]",
  `${"a".repeat(65)}@example.com`,
  `a@${"b".repeat(250)}.com`,
  "\ud800@example.com",
  "anna@xn--.example",
  "anna@xn--\u00fc.example",
  "anna@xn--99999999.example",
  "anna@\u200d.example",
])("%j is no e-mail address", (text) => {
  expect(contactEmail.safeParse(text).success).toBe(false);
});

test.each([
  ["an\u200bna@example.com", "U+200B"],
  ["anna@exam\u00adple.com", "U+00AD"],
  ["anna@example\u2060.com", "U+2060"],
  ["anna\u00a0@example.com", "U+00A0"],
  ["anna@ex\u{e0041}ample.com", "U+E0041"],
  ["anna\0@example.com", "U+0000"],
])("in %j the character %s is named", (text, name) => {
  const { error } = contactEmail.safeParse(text);
  expect(error?.issues.map(({ message }) => message)).toEqual([
    `There is an invisible character, ${name}, in it. Type it again instead of copying it.`,
  ]);
});

test("other faults have the usual words", () => {
  const { error } = contactEmail.safeParse("an na@example.com");
  expect(error?.issues[0]?.message).toBe("This is not an e-mail address.");
});

test("names and properties are composed", () => {
  const typed = { email: "zoe@example.com", first_name: "Zoe\u0308", last_name: " I\u0307pek " };
  const properties = { "gro\u0308\u00dfe": "gru\u0308n" };
  expect(createContactInput.parse({ ...typed, properties })).toEqual({
    email: "zoe@example.com",
    first_name: "Zoë",
    last_name: "İpek",
    properties: { größe: "grün" },
  });
});

test("normalising twice changes nothing, and a long near-miss takes no time", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.domain(), (local, domain) => {
      const once = contactEmail.safeParse(`${local}@${domain}`);
      if (once.success) expect(contactEmail.parse(once.data)).toBe(once.data);
    }),
  );
  const took = cpuMs(() => {
    for (const text of ["a".repeat(50_000), `${"a.".repeat(120)}@`, `a@${"b.".repeat(120)}!`]) {
      expect(contactEmail.safeParse(text).success).toBe(false);
    }
  });
  expect(took).toBeLessThan(100);
});
