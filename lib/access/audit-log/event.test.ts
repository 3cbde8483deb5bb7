import { expect, it, test } from "vitest";
import {
  changeAsText,
  changesInWords,
  type StoredChanges,
} from "@/lib/access/audit-log/change-words";
import { deedOf } from "@/lib/access/audit-log/event";

type Case = [action: string, changes: StoredChanges, did: string, details: string];

const cases: Case[] = [
  [
    "key.created",
    {
      scopes: { from: null, to: ["contacts:read", "emails:send"] },
      allowedAddresses: { from: null, to: ["203.0.113.0/24"] },
      expiresAt: { from: null, to: "2027-02-21T12:00:00.000Z" },
    },
    "created the key HubSpot",
    "May: read contacts, send emails; Allowed IP addresses: 203.0.113.0/24; Expiry: 21 Feb 2027, 12:00:00 UTC",
  ],
  [
    "key.created",
    { allowedAddresses: { from: null, to: [] }, expiresAt: { from: null, to: null } },
    "created the key HubSpot",
    "Allowed IP addresses: anywhere; Expiry: never",
  ],
  [
    "key.rotated",
    {
      secret: { from: "pstn_live_…9LmK", to: "pstn_live_…x7Qd" },
      oldSecretEndsAt: { from: null, to: "2026-11-24T14:02:00.000Z" },
      endedSecret: { from: "pstn_live_…aaaa", to: null },
      expiresAt: { from: "2026-12-01T00:00:00.000Z", to: "2027-02-21T00:00:00.000Z" },
    },
    "rotated the secret of the key HubSpot",
    "Secret: pstn_live_…9LmK → pstn_live_…x7Qd; Old secret ends: 24 Nov 2026, 14:02:00 UTC; Ended at once: pstn_live_…aaaa; Expiry: 1 Dec 2026, 00:00:00 UTC → 21 Feb 2027, 00:00:00 UTC",
  ],
  [
    "key.edited",
    { allowedAddresses: { from: [], to: ["203.0.113.7"] } },
    "changed the allowed IP addresses of the key HubSpot",
    "Allowed IP addresses: anywhere → 203.0.113.7",
  ],
  [
    "key.edited",
    {
      audiences: { from: [], to: ["Newsletter"] },
      sendingDomains: { from: ["a.example"], to: [] },
    },
    "changed the audiences and sending domains of the key HubSpot",
    "Audiences: all → Newsletter; Sending domains: a.example → all",
  ],
  [
    "key.edited",
    {
      expiryDays: { from: 90, to: null },
      expiresAt: { from: "2027-02-21T00:00:00.000Z", to: null },
    },
    "changed the expiry of the key HubSpot",
    "Expiry: 21 Feb 2027, 00:00:00 UTC → never; Expiry on rotation: 90 days later → unchanged",
  ],
  [
    "key.edited",
    {
      name: { from: "HubSpot", to: "HubSpot sync" },
      scopes: { from: ["contacts:write"], to: ["contacts:read"] },
      ratePerMinute: { from: 600, to: 60 },
    },
    "changed the name, permissions and rate limit of the key HubSpot",
    "Name: HubSpot → HubSpot sync; May now also: read contacts; May no longer: change contacts; Rate limit: 600 calls a minute → 60 calls a minute",
  ],
  [
    "key.edited",
    {
      name: { from: "HubSpot", to: "HubSpot sync" },
      description: { from: "", to: "New" },
      allowedAddresses: { from: ["::1"], to: [] },
      ratePerMinute: { from: 600, to: 60 },
    },
    "changed the name, description and 2 other settings of the key HubSpot",
    "Name: HubSpot → HubSpot sync; Description: none → New; Allowed IP addresses: ::1 → anywhere; Rate limit: 600 calls a minute → 60 calls a minute",
  ],
  [
    "key.owner_changed",
    { owner: { from: "Mara", to: "Jonas" } },
    "handed the key HubSpot over",
    "Owner: Mara → Jonas",
  ],
  [
    "key.revoked",
    {
      revokedAt: { from: null, to: "2026-11-24T14:02:00.000Z" },
      reason: { from: null, to: "other" },
      note: { from: null, to: "The agency left" },
    },
    "revoked the key HubSpot",
    "Revoked: 24 Nov 2026, 14:02:00 UTC; Reason: Other; Note: The agency left",
  ],
  ["template.changed", {}, "changed the template HubSpot", ""],
  ["account.password_changed", {}, "changed their password", ""],
  ["suppression.removed", {}, "removed HubSpot from the suppression list", ""],
  ["key.framed", {}, "key.framed HubSpot", ""],
];

it.each(cases)("%s %j", (action, changes, did, details) => {
  const { before, name, after } = deedOf({ action, targetName: "HubSpot", changes });
  expect([before, name, after].filter(Boolean).join(" ")).toBe(did);
  expect(changesInWords(changes).map(changeAsText).join("; ")).toBe(details);
});

test("a name cannot be taken for words", () => {
  const changes = { name: { from: "{name}", to: "{fields}" } };
  expect(deedOf({ action: "key.edited", targetName: "{fields} {name}", changes })).toEqual({
    before: "changed the name of the key",
    name: "{fields} {name}",
    after: "",
  });
});
