import { expect, test } from "vitest";
import { radiusInWords } from "@/lib/access/incidents/reading/blast-radius";
import { SCOPES, type Scope } from "@/lib/people/auth/scopes";

const REACH = { contacts: 48_210, audiences: 3, sendingDomains: ["northwind-tea.example"] };

function radiusOf(
  scopes: readonly Scope[],
  { allowedAddresses = [] as string[], environment = "live" as "live" | "test" } = {},
) {
  const key = { environment, scopes: [...scopes], allowedAddresses, recipientsPerDay: 20_000 };
  const { could, couldNot } = radiusInWords(key, REACH);
  return { could: could.map(({ words }) => words), couldNot };
}

test("a key that sends and changes says whom it reaches, and as whom", () => {
  expect(radiusOf(["emails:send", "contacts:read", "contacts:write"])).toEqual({
    could: [
      "Send email to anybody as northwind-tea.example, up to 20,000 recipients a day",
      "Read and change 48,210 contacts",
    ],
    couldNot: "Campaigns, webhooks, audiences, templates and events: no",
  });
});

test("a key that may do everything could do everything", () => {
  const { could, couldNot } = radiusOf(SCOPES);
  expect(could).toHaveLength(7);
  expect(couldNot).toBeNull();
});

test("addresses, test keys and reading alone are said", () => {
  expect(radiusOf(["audiences:read"], { allowedAddresses: ["203.0.113.7"] }).could).toEqual([
    "Read 3 audiences",
    "All of it only from 203.0.113.7",
  ]);
  expect(radiusOf(["emails:send"], { environment: "test" }).could).toEqual([
    "Send email to anybody (test emails never leave), up to 20,000 recipients a day",
  ]);
  expect(radiusOf(["events:write"]).could).toEqual(["Invent events of 48,210 contacts"]);
});

test.each(SCOPES)("%s is among the words of some ability", (scope) => {
  expect(radiusOf([scope]).could).toHaveLength(1);
});
