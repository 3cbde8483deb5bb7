import { beforeAll, expect, test } from "vitest";
import { type Score, scoreSet } from "@/lib/testing/traffic/score";

/*
 * `npm run bench:findings` shows these bars for 40 keys and 60 days a seed. Here they are held on the first keys of a
 * seed that no threshold was chosen by.
 */
const SET = { seed: 12, keys: 9, days: 60 };
const WITHIN_A_MINUTE = ["bulk_reading", "scanning", "walking"] as const;

let score: Score;

beforeAll(() => {
  score = scoreSet(SET);
}, 120_000);

test("incidents of every kind are planted, and 95 of 100 are found", () => {
  expect(score.kinds.filter(({ planted }) => planted > 0)).toHaveLength(8);
  const { found, planted } = score.all;
  expect(found / planted, score.missed.join("\n")).toBeGreaterThanOrEqual(0.95);
});

test("a key is named for nothing at most once in five months", () => {
  const alarms = score.all.wrong / score.keyMonths;
  expect(alarms, score.wrong.join("\n")).toBeLessThanOrEqual(0.2);
});

test.each(WITHIN_A_MINUTE)("%s is found within a minute of its first call", (kind) => {
  const minutes = score.kinds.find((one) => one.kind === kind)?.minutes ?? [];
  expect(minutes.length).toBeGreaterThan(0);
  expect(Math.max(...minutes)).toBeLessThanOrEqual(1);
});
