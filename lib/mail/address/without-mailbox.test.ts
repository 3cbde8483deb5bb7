import { expect, test } from "vitest";
import { DELETED_EMAIL } from "@/lib/mail/address/deleted-contact";
import {
  jsonWithoutEmail,
  spellingsOfEmail,
  withoutEmail,
} from "@/lib/mail/address/without-mailbox";

const ANNA = spellingsOfEmail("anna@example.com");

test.each([
  ["550 5.1.1 <anna@example.com>: unknown", `550 5.1.1 <${DELETED_EMAIL}>: unknown`],
  ["ANNA@Example.com. Or 'anna@example.com'", `${DELETED_EMAIL}. Or '${DELETED_EMAIL}'`],
  ["https://a.example/?e=anna%40example.com&n=1", `https://a.example/?e=${DELETED_EMAIL}&n=1`],
  ["to=%3Canna%40example.com%3E", `to=%3C${DELETED_EMAIL}%3E`],
  ["İ anna@example.com", `i̇ ${DELETED_EMAIL}`],
  ["joanna@example.com", "joanna@example.com"],
  ["x+anna@example.com", "x+anna@example.com"],
  ["anna@example.com.au and anna@example.company", "anna@example.com.au and anna@example.company"],
  ["Nothing here, İ", "Nothing here, İ"],
])("%j reads %j", (text, without) => {
  expect(withoutEmail(text, ANNA)).toBe(without);
});

test("an international domain is found in both of its forms", () => {
  const spellings = spellingsOfEmail("info@bücher.example");
  const text = "<info@xn--bcher-kva.example> info@bücher.example info%40b%C3%BCcher.example";
  expect(withoutEmail(text, spellings)).toBe(
    `<${DELETED_EMAIL}> ${DELETED_EMAIL} ${DELETED_EMAIL}`,
  );
});

test("every text of a JSON value is looked through, names of fields too", () => {
  const value = { a: ["anna@example.com", 1, null], "anna@example.com": { b: true } };
  expect(jsonWithoutEmail(value, ANNA)).toEqual({
    a: [DELETED_EMAIL, 1, null],
    [DELETED_EMAIL]: { b: true },
  });
});
