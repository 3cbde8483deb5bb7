import { expect, test } from "vitest";
import { explainRequest } from "@/lib/access/activity/explain";
import type { Scope } from "@/lib/people/auth/scopes";

const call = {
  status: 200,
  code: null as string | null,
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

const CONTACTS_READ: readonly Scope[] = ["contacts:read"];

test.each<[facts: Partial<typeof call>, scopes: readonly Scope[], string]>([
  [{}, CONTACTS_READ, "It worked: HubSpot sync read contacts."],
  [{ method: "PATCH" }, ["contacts:write"], "It worked: HubSpot sync changed contacts."],
  [{ route: "/me" }, [], "It worked: HubSpot sync asked who it is and what it may do."],
  [
    { method: "POST", route: "/emails", status: 202 },
    ["emails:send"],
    "It worked: HubSpot sync sent emails.",
  ],
  [
    { method: "POST", route: "/emails/:email/cancel" },
    ["emails:send"],
    "It worked: HubSpot sync canceled emails.",
  ],
  [
    { method: "POST", route: "/campaigns/:campaign/send" },
    ["campaigns:send"],
    "It worked: HubSpot sync sent campaigns.",
  ],
  [
    { method: "POST", route: "/events/send" },
    ["events:write"],
    "It worked: HubSpot sync recorded events.",
  ],
  [{ route: "/segments" }, ["audiences:read"], "It worked: HubSpot sync read audiences."],
  [
    { status: 418, code: "toString" },
    CONTACTS_READ,
    "The call was refused with status 418. Nothing was changed.",
  ],
  [{ status: 418 }, CONTACTS_READ, "The call was refused with status 418. Nothing was changed."],
  [
    { status: 599 },
    CONTACTS_READ,
    "Something went wrong on our side while answering. It is not the program's fault.",
  ],
])("%j reads: %s %s", (facts, scopes, meaning) => {
  const needs = { scopes, maxBodyBytes: MIB };
  expect(explainRequest({ ...call, ...facts }, needs).meaning).toBe(meaning);
});

test("a call whose route is no longer served is named by its path", () => {
  expect(explainRequest(call, null).meaning).toBe(
    "It worked: HubSpot sync read /contacts/anna@example.com.",
  );
});
