import { expect, test } from "vitest";
import { nextMailAt } from "@/lib/access/notices/next-mail";

// 30 November 2026 is a Monday.
test.each([
  ["at_once", "2026-11-30T06:59:59.000Z", "2026-11-30T06:59:59.000Z"],
  ["daily", "2026-11-30T06:59:59.000Z", "2026-11-30T07:00:00.000Z"],
  ["daily", "2026-11-30T07:00:00.000Z", "2026-12-01T07:00:00.000Z"],
  ["weekly", "2026-11-30T06:59:59.000Z", "2026-11-30T07:00:00.000Z"],
  ["weekly", "2026-11-30T07:00:00.000Z", "2026-12-07T07:00:00.000Z"],
  ["weekly", "2026-12-02T12:00:00.000Z", "2026-12-07T07:00:00.000Z"],
] as const)("%s at %s comes at %s", (pace, now, at) => {
  expect(nextMailAt(pace, new Date(now)).toISOString()).toBe(at);
});
