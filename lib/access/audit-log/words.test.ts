import { expect, test } from "vitest";
import { ACTION_LABELS, actionWords, changesInWords } from "@/lib/access/audit-log/words";

test("every action has words of its own", () => {
  const labels = ACTION_LABELS.map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
  for (const { action } of ACTION_LABELS) expect(actionWords(action).did).not.toContain(".");
});

test("an action that this version does not know is shown as it is stored", () => {
  expect(actionWords("key.teleported")).toMatchObject({ did: "key.teleported" });
});

test("changes read as from and to", () => {
  const changes = {
    role: { from: "viewer", to: "admin" },
    expiresAt: { from: "2026-11-29T00:00:00.000Z", to: null },
    allowedAddresses: { from: [], to: ["203.0.113.0/24", "2001:db8::/32"] },
    ratePerMinute: { from: 600, to: 1200 },
  };
  expect(changesInWords(changes)).toEqual([
    { field: "Role", from: "Viewer", to: "Admin" },
    { field: "Allowed addresses", from: "from anywhere", to: "203.0.113.0/24, 2001:db8::/32" },
    { field: "Expires", from: "29 Nov 2026, 00:00:00 UTC", to: "never" },
    { field: "Calls a minute", from: "600", to: "1200" },
  ]);
});

test("what is new has no from", () => {
  expect(
    changesInWords({ useCase: { from: null, to: "crm-sync" }, note: { from: null, to: "" } }),
  ).toEqual([
    { field: "Use case", from: "", to: "CRM sync" },
    { field: "Note", from: "", to: "none" },
  ]);
});

test("what is stored as an id reads in words; an unknown one is shown as it is stored", () => {
  const changes = {
    scopes: { from: ["contacts:read", "contacts:fly"], to: ["contacts:read", "emails:send"] },
    environment: { from: null, to: "live" },
    expiryDays: { from: 90, to: null },
    reason: { from: null, to: "no_longer_needed" },
    useCase: { from: null, to: "world-domination" },
  };
  expect(changesInWords(changes)).toEqual([
    { field: "Use case", from: "none", to: "world-domination" },
    { field: "Environment", from: "none", to: "Live" },
    {
      field: "Scopes",
      from: "Contacts → Read, contacts:fly",
      to: "Contacts → Read, Emails → Send",
    },
    { field: "On rotation", from: "expires 90 days later", to: "expiry stays" },
    { field: "Reason", from: "none", to: "No longer needed" },
  ]);
});
