import { expect, test } from "vitest";
import { ACTION_LABELS, actionWords, changesInWords } from "@/lib/audit/words";

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
    { field: "Role", from: "viewer", to: "admin" },
    { field: "Allowed addresses", from: "from anywhere", to: "203.0.113.0/24, 2001:db8::/32" },
    { field: "Expires", from: "29 Nov 2026, 00:00:00 UTC", to: "never" },
    { field: "Calls a minute", from: "600", to: "1200" },
  ]);
});

test("what is new has no from", () => {
  expect(
    changesInWords({ useCase: { from: null, to: "crm-sync" }, note: { from: null, to: "" } }),
  ).toEqual([
    { field: "Use case", from: "", to: "crm-sync" },
    { field: "Note", from: "", to: "none" },
  ]);
});
