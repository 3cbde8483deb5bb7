import { expect, test } from "vitest";
import { type KeyState, keyStatus } from "@/lib/access/api-keys/key/status";
import { DAY_MS, later } from "@/lib/platform/clock";

const now = new Date("2026-11-23T12:00:00.000Z");
const past = later(now, -1);
const soon = later(now, 14 * DAY_MS);
const far = later(now, 15 * DAY_MS);
const plain: KeyState = {
  revokedAt: null,
  expiresAt: null,
  pausedAt: null,
  frozenAt: null,
  retiringUntil: null,
};

test.each([
  ["active", plain],
  ["active", { ...plain, expiresAt: far }],
  ["active", { ...plain, retiringUntil: past }],
  ["expiring", { ...plain, expiresAt: soon }],
  ["rotating", { ...plain, expiresAt: soon, retiringUntil: soon }],
  ["paused", { ...plain, pausedAt: past, retiringUntil: soon }],
  ["frozen", { ...plain, frozenAt: past, pausedAt: past, retiringUntil: soon }],
  ["expired", { ...plain, expiresAt: past, frozenAt: past }],
  ["expired", { ...plain, expiresAt: now }],
  ["expired", { ...plain, expiresAt: past, pausedAt: past, retiringUntil: soon }],
  [
    "revoked",
    { revokedAt: past, expiresAt: past, frozenAt: past, pausedAt: past, retiringUntil: soon },
  ],
] as const)("a key is %s, by what stops it first", (status, key) => {
  expect(keyStatus(key, now)).toBe(status);
});
