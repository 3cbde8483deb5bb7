import { expect, it } from "vitest";
import type { KeyChange } from "@/lib/access/api-keys/key/shown-key";
import { changeInWords } from "./change-words";

type Case = [string, KeyChange["changes"], string, string[]];

const cases: Case[] = [
  [
    "key.created",
    {
      name: { from: null, to: "HubSpot" },
      scopes: { from: null, to: ["contacts:read", "emails:send"] },
      allowedAddresses: { from: null, to: ["203.0.113.0/24"] },
      expiresAt: { from: null, to: "2027-02-21T12:00:00.000Z" },
    },
    "created the key",
    ["may: Contacts → Read, Emails → Send", "only from 203.0.113.0/24", "expires 21 February 2027"],
  ],
  [
    "key.created",
    { allowedAddresses: { from: null, to: [] }, expiresAt: { from: null, to: null } },
    "created the key",
    ["never expires"],
  ],
  [
    "key.rotated",
    {
      secret: { from: "pstn_live_…9LmK", to: "pstn_live_…x7Qd" },
      oldSecretEndsAt: { from: null, to: "2026-11-24T14:02:00.000Z" },
      endedSecret: { from: "pstn_live_…aaaa", to: null },
      expiresAt: { from: "2026-12-01T00:00:00.000Z", to: "2027-02-21T00:00:00.000Z" },
    },
    "rotated the secret",
    [
      "pstn_live_…9LmK → pstn_live_…x7Qd",
      "old one ends 24 Nov 2026, 14:02:00 UTC",
      "pstn_live_…aaaa ended at once",
      "expires 21 February 2027",
    ],
  ],
  [
    "key.edited",
    { allowedAddresses: { from: [], to: ["203.0.113.7"] } },
    "changed where it can be used from",
    ["only from anywhere → 203.0.113.7"],
  ],
  [
    "key.edited",
    {
      expiryDays: { from: 90, to: null },
      expiresAt: { from: "2027-02-21T00:00:00.000Z", to: null },
    },
    "changed its expiry",
    ["expires 21 February 2027 → never"],
  ],
  [
    "key.edited",
    {
      name: { from: "HubSpot", to: "HubSpot sync" },
      scopes: { from: ["contacts:write"], to: ["contacts:read"] },
      ratePerMinute: { from: 600, to: 60 },
    },
    "changed the key",
    [
      "name: HubSpot → HubSpot sync",
      "may now also: Contacts → Read",
      "may no longer: Contacts → Change",
      "calls a minute: 600 → 60",
    ],
  ],
  [
    "key.owner_changed",
    { owner: { from: "Mara", to: "Jonas" } },
    "handed the key over",
    ["Mara → Jonas"],
  ],
  [
    "key.revoked",
    {
      revokedAt: { from: null, to: "2026-11-24T14:02:00.000Z" },
      reason: { from: null, to: "other" },
      note: { from: null, to: "The agency left" },
    },
    "revoked the key",
    ["Other", "The agency left"],
  ],
  ["key.paused", { pausedAt: { from: null, to: "2026-11-24T14:02:00Z" } }, "paused the key", []],
  ["key.framed", {}, "key.framed", []],
];

it.each(cases)("%s %j", (action, changes, did, details) => {
  expect(changeInWords({ action, changes })).toEqual({ did, details });
});
