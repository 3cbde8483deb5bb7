import { expect, test } from "vitest";
import { changeAsText, changesInWords } from "@/lib/access/audit-log/change-words";

test("changes read as from and to", () => {
  const changes = {
    role: { from: "viewer", to: "admin" },
    expiresAt: { from: "2026-11-29T00:00:00.000Z", to: null },
    allowedAddresses: { from: [], to: ["203.0.113.0/24", "2001:db8::/32"] },
    ratePerMinute: { from: 600, to: 1200 },
  };
  expect(changesInWords(changes)).toEqual([
    { label: "Role", from: ["Viewer"], to: ["Admin"] },
    { label: "Allowed IP addresses", from: ["anywhere"], to: ["203.0.113.0/24", "2001:db8::/32"] },
    { label: "Expiry", from: ["29 Nov 2026, 00:00:00 UTC"], to: ["never"] },
    { label: "Rate limit", from: ["600 calls a minute"], to: ["1,200 calls a minute"] },
  ]);
});

test("what is new has no from", () => {
  expect(
    changesInWords({ useCase: { from: null, to: "crm-sync" }, note: { from: null, to: "" } }),
  ).toEqual([
    { label: "Use case", from: [], to: ["CRM sync"] },
    { label: "Note", from: [], to: ["none"] },
  ]);
});

test("what is stored as an id reads in words; an unknown one is shown as it is stored", () => {
  const changes = {
    scopes: { from: ["contacts:read", "contacts:fly"], to: ["contacts:read", "emails:send"] },
    environment: { from: "test", to: "live" },
    expiryDays: { from: 90, to: null },
    reason: { from: null, to: "no_longer_needed" },
    useCase: { from: null, to: "world-domination" },
  };
  expect(changesInWords(changes)).toEqual([
    { label: "Use case", from: [], to: ["world-domination"] },
    { label: "Environment", from: ["Test"], to: ["Live"] },
    { label: "May now also", from: [], to: ["send emails"] },
    { label: "May no longer", from: [], to: ["contacts:fly"] },
    { label: "Expiry on rotation", from: ["90 days later"], to: ["unchanged"] },
    { label: "Reason", from: [], to: ["No longer needed"] },
  ]);
});

test("a value that went or stayed is said once", () => {
  const changes = {
    role: { from: "viewer", to: null },
    pausedAt: { from: "2026-11-23T12:00:00.000Z", to: null },
    oldSecret: { from: "pstn_live_…9LmK", to: "pstn_live_…9LmK" },
  };
  expect(changesInWords(changes)).toEqual([
    { label: "Role", from: [], to: ["Viewer"] },
    { label: "Old secret", from: [], to: ["pstn_live_…9LmK"] },
    { label: "Paused since", from: [], to: ["23 Nov 2026, 12:00:00 UTC"] },
  ]);
});

test("in one line of text an arrow means a change, and nothing else", () => {
  const changes = {
    name: { from: "HubSpot", to: "CRM" },
    scopes: { from: ["contacts:write"], to: ["contacts:read"] },
  };
  expect(changesInWords(changes).map(changeAsText).join("; ")).toBe(
    "Name: HubSpot → CRM; May now also: read contacts; May no longer: change contacts",
  );
});
