import { expect, test } from "vitest";
import { withPlusMeant } from "@/lib/api/gate/plus-in-query";
import { checkQuery } from "@/lib/api/gate/validate";
import { listContactsQuery } from "@/lib/mail/contacts/schema";
import { listEventsQuery } from "@/lib/mail/events/schema";

const instant = new Date("2026-11-29T12:03:00Z");

test.each([
  ["email=ada+vip@example.com", { email: "ada+vip@example.com" }],
  ["email=ada%2Bvip@example.com", { email: "ada+vip@example.com" }],
  ["email=+ada@example.com", { email: "+ada@example.com" }],
  ["updated_since=2026-11-29T14:03:00+02:00", { updated_since: instant }],
  [
    "updated_since=2026-11-29T14:03:00%2B02:00&email=a+b%40c.de",
    { updated_since: instant, email: "a+b@c.de" },
  ],
])("%s is read as meant", (query, expected) => {
  expect(checkQuery(listContactsQuery, query)).toMatchObject({ value: expected });
});

test.each([
  ["contact=ada+vip@example.com", { contact: "ada+vip@example.com" }],
  ["occurred_since=2026-11-29T14:03:00+02:00", { occurred_since: instant }],
  ["occurred_before=2026-11-29T14:03:00+02:00", { occurred_before: instant }],
  // What programs encode as form data keeps its spaces.
  ["event=Placed+order", { event: "Placed order" }],
])("%s is read as meant, for events", (query, expected) => {
  expect(checkQuery(listEventsQuery, query)).toMatchObject({ value: expected });
});

test("a space stays one", () => {
  expect(checkQuery(listContactsQuery, "email=ada%20vip@example.com")).toHaveProperty("refused");
  expect(withPlusMeant(listContactsQuery, "after=a+b&x+y")).toBe("after=a+b&x+y");
});
