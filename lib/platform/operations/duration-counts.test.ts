import { expect, test } from "vitest";
import { DurationCounts } from "@/lib/platform/operations/duration-counts";

test("each bucket counts all durations that are as short, in seconds", () => {
  const counts = new DurationCounts();
  expect(counts.isEmpty).toBe(true);
  for (const ms of [0.4, 1, 1.1, 49, 50, 700, 60_000]) counts.count(ms);
  expect(counts.isEmpty).toBe(false);
  const readings = counts.readings({ route: "/me" });
  const buckets = Object.fromEntries(
    readings.flatMap(({ part, labels, value }) =>
      part === "_bucket" ? [[String(labels?.le), value]] : [],
    ),
  );
  expect(buckets).toEqual({
    0.001: 2,
    0.0025: 3,
    0.005: 3,
    0.01: 3,
    0.025: 3,
    0.05: 5,
    0.1: 5,
    0.25: 5,
    0.5: 5,
    1: 6,
    2.5: 6,
    5: 6,
    10: 6,
    "+Inf": 7,
  });
  expect(readings.filter(({ part }) => part !== "_bucket")).toEqual([
    {
      part: "_sum",
      labels: { route: "/me" },
      value: (0.4 + 1 + 1.1 + 49 + 50 + 700 + 60_000) / 1_000,
    },
    { part: "_count", labels: { route: "/me" }, value: 7 },
  ]);
});
