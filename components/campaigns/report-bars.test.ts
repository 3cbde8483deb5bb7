import { expect, test } from "vitest";
import { barsOf } from "./report-bars";

function hour(iso: string, opens: number, clicks = 0) {
  const zero = { delivered: 0, kept: 0, uniqueOpens: 0, uniqueClicks: 0, unsubscribes: 0 };
  return { hour: new Date(iso), opens, clicks, ...zero };
}

test("hours in which nothing happened are bars too", () => {
  const { unit, bars } = barsOf([hour("2026-11-24T10:00:00Z", 3), hour("2026-11-24T13:00:00Z", 1)]);
  expect(unit).toBe("Hour");
  expect(bars.slice(-4).map(({ opens }) => opens)).toEqual([3, 0, 0, 1]);
  expect(bars.at(-4)?.label).toBe("24 November 2026, 10:00");
});

test("more than two days are shown by day, and nothing is lost", () => {
  const { unit, bars } = barsOf([
    hour("2026-11-20T10:00:00Z", 3, 1),
    hour("2026-11-20T23:00:00Z", 2),
    hour("2026-11-24T13:00:00Z", 1),
  ]);
  expect(unit).toBe("Day");
  expect(bars.at(-5)).toEqual({ label: "20 November 2026", opens: 5, clicks: 1 });
  expect(bars.at(-1)).toMatchObject({ opens: 1 });
});

test("few bars are made more by earlier ones: none is of an hour that has not come", () => {
  const { bars } = barsOf([hour("2026-11-24T10:00:00Z", 3)]);
  expect(bars).toHaveLength(12);
  expect(bars[0]?.label).toBe("23 November 2026, 23:00");
  expect(bars.at(-1)).toEqual({ label: "24 November 2026, 10:00", opens: 3, clicks: 0 });
});

test("nothing yet is no bar", () => {
  expect(barsOf([]).bars).toEqual([]);
});
