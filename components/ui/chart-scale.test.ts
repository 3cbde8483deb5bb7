import fc from "fast-check";
import { expect, it } from "vitest";
import { axisTop } from "./chart-scale";

it.each([
  [0, 2],
  [2, 2],
  [3, 4],
  [9, 10],
  [11, 20],
  [3_812, 4_000],
  [4_001, 6_000],
  [99_999, 100_000],
])("%d fits under %d", (highest, top) => {
  expect(axisTop(highest)).toBe(top);
});

it("is never below the highest, never more than twice it, and halves evenly", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 100_000_000 }), (highest) => {
      const top = axisTop(highest);
      expect(top).toBeGreaterThanOrEqual(highest);
      expect(top).toBeLessThanOrEqual(highest * 2);
      expect(top % 2).toBe(0);
    }),
  );
});
