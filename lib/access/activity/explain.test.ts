import { expect, test } from "vitest";
import { explainRequest, scopeNeededBy } from "@/lib/access/activity/explain";

const call = {
  status: 200,
  code: null,
  method: "GET",
  route: "/contacts/:id",
  path: "/contacts/anna@example.com",
  keyName: "HubSpot sync",
  address: "203.0.113.7",
};

test("a refused scope is named in the console's words", () => {
  const refused = { ...call, status: 403, code: "insufficient_scope", route: "/campaigns" };
  expect(explainRequest(refused)).toEqual({
    meaning: "HubSpot sync asked for campaigns, which it may not read. Nothing was shown to it.",
    advice: "If it should: Edit → Access → Campaigns → Read",
    scope: "campaigns:read",
  });
  expect(explainRequest({ ...refused, method: "POST", route: "/emails/batch" })).toMatchObject({
    meaning: "HubSpot sync tried to send emails, which it may not. Nothing was changed.",
    scope: "emails:send",
  });
  expect(explainRequest({ ...refused, route: "/nowhere" }).scope).toBeNull();
});

test.each([
  ["GET", "/contacts", "contacts:read"],
  ["HEAD", "/contacts/:id", "contacts:read"],
  ["DELETE", "/contacts/:id", "contacts:write"],
  ["POST", "/campaigns/:id/send", "campaigns:send"],
  ["GET", "/me", null],
] as const)("%s %s needs %s", (method, route, scope) => {
  expect(scopeNeededBy({ method, route })).toBe(scope);
});

test.each([
  [{}, "It worked: HubSpot sync read contacts."],
  [{ method: "PATCH" }, "It worked: HubSpot sync changed contacts."],
  [{ route: "/me" }, "It worked: HubSpot sync asked who it is and what it may do."],
  [{ method: "POST", route: "/emails", status: 202 }, "It worked: HubSpot sync sent emails."],
  [{ status: 418 }, "The call was refused with status 418. Nothing was changed."],
  [
    { status: 599 },
    "Something went wrong on our side while answering. It is not the program's fault.",
  ],
])("%j reads: %s", (facts, meaning) => {
  expect(explainRequest({ ...call, ...facts }).meaning).toBe(meaning);
});
