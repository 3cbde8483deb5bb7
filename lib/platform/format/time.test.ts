import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS, later, MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";
import { exactUtc, formatDuration, longDate, relativeTime, shortDate, timeLeft } from "./time";

const NOW = new Date("2026-11-23T14:02:40.118Z");

describe("relativeTime", () => {
  it.each([
    [0, "just now"],
    [-12 * SECOND_MS, "12 s ago"],
    [-2 * MINUTE_MS, "2 min ago"],
    [-59.9 * MINUTE_MS, "59 min ago"],
    [-HOUR_MS, "1 h ago"],
    [-DAY_MS, "yesterday"],
    [-9 * DAY_MS, "9 days ago"],
    [3 * HOUR_MS, "in 3 h"],
    [DAY_MS, "tomorrow"],
    [6 * DAY_MS, "in 6 days"],
  ])("%d ms away is %s", (distanceMs, text) => {
    expect(relativeTime(later(NOW, distanceMs), NOW)).toBe(text);
  });
});

describe("timeLeft", () => {
  it.each([
    [-SECOND_MS, "under a minute"],
    [59 * SECOND_MS, "under a minute"],
    [59 * MINUTE_MS + 20 * SECOND_MS, "59 min"],
    [59 * MINUTE_MS + 59 * SECOND_MS, "1 h"],
    [21 * HOUR_MS + 14 * MINUTE_MS, "21 h 14 min"],
    [DAY_MS - SECOND_MS, "1 day"],
    [DAY_MS + HOUR_MS, "1 day 1 h"],
    [6 * DAY_MS + 3 * HOUR_MS + 20 * MINUTE_MS, "6 days 3 h"],
    [28 * DAY_MS - 9 * SECOND_MS, "28 days"],
  ])("%d ms ahead is %s", (leftMs, text) => {
    expect(timeLeft(later(NOW, leftMs), NOW)).toBe(text);
  });
});

describe("formatDuration", () => {
  it.each([
    [3, "3 ms"],
    [12_000, "12 s"],
    [90 * MINUTE_MS, "1 h"],
    [DAY_MS, "1 day"],
    [6.5 * DAY_MS, "6 days"],
  ])("%d ms is %s", (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });
});

it("writes dates out in UTC, the same on the server and in every browser", () => {
  const lastMoment = new Date("2026-09-30T23:59:59.999Z");
  expect(shortDate(lastMoment)).toBe("30 Sep 2026");
  expect(longDate(lastMoment)).toBe("30 September 2026");
  expect(exactUtc(NOW)).toBe("23 Nov 2026, 14:02:40 UTC");
});
