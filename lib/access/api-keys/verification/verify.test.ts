import { expect, test } from "vitest";
import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import { judgeRights, refusalOf } from "@/lib/access/api-keys/verification/verify";

const now = new Date("2026-11-23T12:00:00Z");
const before = new Date(now.getTime() - 1);
const after = new Date(now.getTime() + 1);
const rate = { limit: 600, remaining: 599, resetSeconds: 60, exceeded: false };

function record(values: Partial<KeyRecord> = {}): KeyRecord {
  return {
    workspaceId: "wsp_1",
    workspaceName: "Northwind Tea",
    keyId: "key_1",
    keyName: "HubSpot sync",
    environment: "live",
    scopes: ["contacts:read"],
    audiences: null,
    sendingDomains: null,
    skipUnsubscribed: false,
    forgetBodies: false,
    allowedAddresses: [],
    ratePerMinute: 600,
    recipientsPerMinute: 600,
    recipientsPerDay: 20_000,
    recipientsPerHour: null,
    contactsReadPerDay: null,
    isDecoy: false,
    expiresAt: null,
    pausedAt: null,
    frozenAt: null,
    revokedAt: null,
    secretId: "sec_1",
    lastFour: "x7Qd",
    retiresAt: null,
    ...values,
  };
}

test.each<[string, Partial<KeyRecord>, string | null]>([
  ["nothing special", {}, null],
  ["revoked", { revokedAt: before }, "revoked"],
  [
    "revoked, expired, paused and retired",
    { revokedAt: before, expiresAt: before, pausedAt: before, retiresAt: before },
    "revoked",
  ],
  ["expiring in a moment", { expiresAt: after }, null],
  ["expiring now", { expiresAt: now }, "expired"],
  ["expired and paused", { expiresAt: before, pausedAt: before }, "expired"],
  ["frozen and paused", { frozenAt: before, pausedAt: before }, "frozen"],
  ["frozen and retired", { frozenAt: before, retiresAt: before }, "retired"],
  ["paused", { pausedAt: before }, "paused"],
  ["paused and retired", { pausedAt: before, retiresAt: before }, "retired"],
  ["retiring in a moment", { retiresAt: after }, null],
  ["retiring now", { retiresAt: now }, "retired"],
  ["allowed from here", { allowedAddresses: ["203.0.113.0/24"] }, null],
  ["allowed from elsewhere", { allowedAddresses: ["198.51.100.1"] }, "ip_not_allowed"],
])("a key that is %s", (_, values, refusal) => {
  expect(refusalOf(record(values), "203.0.113.7", now)).toBe(refusal);
});

test("an unknown address is on no list, but needs none", () => {
  expect(refusalOf(record(), "unknown", now)).toBeNull();
  const listed = record({ allowedAddresses: ["0.0.0.0/0", "::/0"] });
  expect(refusalOf(listed, "unknown", now)).toBe("ip_not_allowed");
});

test("a scope is granted by exactly itself", () => {
  const asked = { scope: "contacts:write", address: "203.0.113.7" } as const;
  expect(judgeRights(record(), asked, rate)).toMatchObject({
    outcome: "insufficient_scope",
    scope: "contacts:write",
  });
  expect(judgeRights(record({ scopes: [] }), asked, rate).outcome).toBe("insufficient_scope");
  expect(judgeRights(record({ scopes: ["contacts:write"] }), asked, rate).outcome).toBe("valid");
  expect(judgeRights(record({ scopes: [] }), { ...asked, scope: null }, rate).outcome).toBe(
    "valid",
  );
});
