import { expect, test } from "vitest";
import { decisionOn, type KeyChange } from "@/lib/access/key-review/decisions";
import { DAY_MS, later } from "@/lib/platform/clock";
import { TEST_NOON as since } from "@/lib/testing/api-keys";

const after = later(since, 1);
const before = later(since, -DAY_MS);
const key = { reviewedAt: null, revokedAt: null };
const edited = (changes: KeyChange["changes"]): KeyChange => ({
  action: "key.edited",
  changes,
});
const rotated: KeyChange = { action: "key.rotated", changes: {} };
const fewer = edited({
  scopes: { from: ["contacts:read", "contacts:write"], to: ["contacts:read"] },
});

test.each([
  ["nothing", key, [], null],
  ["kept since", { ...key, reviewedAt: after }, [], "kept"],
  ["kept in an earlier review", { ...key, reviewedAt: before }, [], null],
  ["fewer scopes", key, [fewer], "narrowed"],
  [
    "other scopes, as many",
    key,
    [edited({ scopes: { from: ["contacts:read"], to: ["emails:send"] } })],
    null,
  ],
  ["a limit", key, [edited({ allowedAddresses: { from: [], to: ["203.0.113.7"] } })], "narrowed"],
  ["a wider limit", key, [edited({ allowedAddresses: { from: ["203.0.113.7"], to: [] } })], null],
  ["a name", key, [edited({ name: { from: "A", to: "B" } })], null],
  ["rotated and narrowed", key, [fewer, rotated], "rotated"],
  ["rotated and then revoked", { ...key, revokedAt: after }, [rotated], "revoked"],
] as const)("%s", (_, reviewed, changes, decision) => {
  expect(decisionOn(reviewed, changes, since)).toBe(decision);
});
