import fc from "fast-check";
import { expect, test } from "vitest";
import {
  expiryFrom,
  latestRetirement,
  renewedExpiry,
  retirement,
} from "@/lib/access/api-keys/key/expiry";
import type { Grace } from "@/lib/access/api-keys/key/schema";
import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";

const now = new Date("2026-11-23T12:00:00.000Z");
const instant = fc.date({
  min: new Date("2026-01-01T00:00:00Z"),
  max: new Date("2028-01-01T00:00:00Z"),
  noInvalidDate: true,
});
const grace: fc.Arbitrary<Grace> = fc.oneof(
  fc.constantFrom<Grace>({ kind: "immediately" }, { kind: "1h" }, { kind: "24h" }, { kind: "7d" }),
  instant.map((until) => ({ kind: "custom" as const, until })),
);

test("an expiry is kept as the policy and the instant it leads to", () => {
  expect(expiryFrom({ kind: "days", days: 90 }, now)).toEqual({
    expiryDays: 90,
    expiresAt: new Date("2027-02-21T12:00:00.000Z"),
  });
  expect(expiryFrom({ kind: "date", date: "2027-02-21" }, now)).toEqual({
    expiryDays: null,
    expiresAt: new Date("2027-02-21T23:59:59.999Z"),
  });
  expect(expiryFrom({ kind: "never" }, now)).toEqual({ expiryDays: null, expiresAt: null });
});

test("a rotation renews a policy in days and nothing else", () => {
  const in5Days = later(now, 5 * DAY_MS);
  expect(renewedExpiry({ expiryDays: 30, expiresAt: in5Days }, now).expiresAt).toEqual(
    later(now, 30 * DAY_MS),
  );
  expect(renewedExpiry({ expiryDays: null, expiresAt: in5Days }, now).expiresAt).toEqual(in5Days);
  expect(renewedExpiry({ expiryDays: null, expiresAt: null }, now).expiresAt).toBeNull();
});

test("graces are now, one hour, one day, one week and a chosen time", () => {
  const ends = (["immediately", "1h", "24h", "7d"] as const).map((kind) =>
    retirement({ kind }, null, now),
  );
  expect(ends).toEqual([now, later(now, HOUR_MS), later(now, DAY_MS), later(now, 7 * DAY_MS)]);
  const until = later(now, 3 * DAY_MS);
  expect(retirement({ kind: "custom", until }, null, now)).toEqual(until);
});

test("no grace carries an old secret past the expiry it had", () => {
  fc.assert(
    fc.property(grace, instant, (chosen, oldExpiresAt) => {
      expect(retirement(chosen, oldExpiresAt, now) <= oldExpiresAt).toBe(true);
      expect(latestRetirement(oldExpiresAt, now) <= oldExpiresAt).toBe(true);
      expect(latestRetirement(oldExpiresAt, now) <= later(now, 30 * DAY_MS)).toBe(true);
    }),
  );
});
