import { expect, test } from "vitest";
import { explainRequest } from "@/lib/access/activity/explain";

const call = {
  status: 200,
  code: null,
  method: "GET",
  route: "/contacts/:id",
  path: "/contacts/anna@example.com",
  keyName: "HubSpot sync",
  address: "203.0.113.7",
};

const MIB = 1_048_576;

test("a refused scope is named in the console's words", () => {
  const refused = { ...call, status: 403, code: "insufficient_scope", route: "/campaigns" };
  expect(explainRequest(refused, { scopes: ["campaigns:read"], maxBodyBytes: MIB })).toEqual({
    meaning: "HubSpot sync asked for campaigns, which it may not read. Nothing was shown to it.",
    advice: "If it should: Edit → Access → Campaigns → Read",
    scopes: ["campaigns:read"],
  });
  const sending = { ...refused, method: "POST", route: "/emails/batch" };
  expect(explainRequest(sending, { scopes: ["emails:send"], maxBodyBytes: MIB })).toMatchObject({
    meaning: "HubSpot sync tried to send emails, which it may not. Nothing was changed.",
    scopes: ["emails:send"],
  });
  expect(explainRequest({ ...refused, route: "/nowhere" }, null).scopes).toEqual([]);
});

test("where a route needs two scopes, both are named", () => {
  const refused = { ...call, status: 403, code: "insufficient_scope" };
  const scopes = ["contacts:read", "events:read"] as const;
  expect(explainRequest(refused, { scopes, maxBodyBytes: MIB })).toEqual({
    meaning:
      "HubSpot sync asked for contacts and events, and may not read both. Nothing was shown to it.",
    advice: "If it should: Edit → Access → Contacts → Read and Events → Read",
    scopes,
  });
});

test("a limit is named from the route's own, and not at all where the route is not known", () => {
  const refused = { ...call, status: 413, code: "payload_too_large" };
  expect(explainRequest(refused, { scopes: [], maxBodyBytes: 16 * MIB }).meaning).toBe(
    "HubSpot sync sent more at once than is accepted here: more than 16 MiB, or very many values. Nothing was changed.",
  );
  expect(explainRequest(refused, null).meaning).toBe(
    "HubSpot sync sent more at once than is accepted here. Nothing was changed.",
  );
});

test.each([
  [{}, "It worked: HubSpot sync read contacts."],
  [{ method: "PATCH" }, "It worked: HubSpot sync changed contacts."],
  [{ route: "/me" }, "It worked: HubSpot sync asked who it is and what it may do."],
  [{ method: "POST", route: "/emails", status: 202 }, "It worked: HubSpot sync sent emails."],
  [{ status: 418, code: "toString" }, "The call was refused with status 418. Nothing was changed."],
  [{ status: 418 }, "The call was refused with status 418. Nothing was changed."],
  [
    { status: 599 },
    "Something went wrong on our side while answering. It is not the program's fault.",
  ],
])("%j reads: %s", (facts, meaning) => {
  expect(explainRequest({ ...call, ...facts }, null).meaning).toBe(meaning);
});
