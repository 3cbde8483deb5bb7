import { expect, it } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "@/lib/clock";
import { timeLeft } from "./time-left";

it.each([
  [-SECOND_MS, "under a minute"],
  [59 * SECOND_MS, "under a minute"],
  [59 * MINUTE_MS + 59 * SECOND_MS, "59 min"],
  [HOUR_MS, "1 h"],
  [21 * HOUR_MS + 14 * MINUTE_MS, "21 h 14 min"],
  [DAY_MS, "1 day"],
  [6 * DAY_MS + 3 * HOUR_MS + 40 * MINUTE_MS, "6 days 3 h"],
])("%d ms are %s", (lengthMs, text) => {
  expect(timeLeft(lengthMs)).toBe(text);
});
