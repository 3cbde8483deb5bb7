import { expect, test } from "vitest";
import { type CallStrip, callStrip } from "@/lib/access/activity/reading/call-strip";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";
import { aRequest, givenPlainKey } from "@/lib/testing/activity-records";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

const now = new Date("2026-11-23T14:30:00Z");

function totals({ bars }: CallStrip) {
  return {
    succeeded: bars.reduce((sum, bar) => sum + bar.succeeded, 0),
    refused: bars.reduce((sum, bar) => sum + bar.refused, 0),
  };
}

test("counts calls by the hour over the last four days, and by longer bars over longer ranges", async () => {
  const owner = await givenOwner();
  const key = await givenPlainKey(owner);
  const calls = [
    aRequest({ ...key, at: now }),
    aRequest({ ...key, at: later(now, -HOUR_MS), status: 403 }),
    aRequest({ ...key, at: later(now, -3 * DAY_MS), status: 503 }),
    aRequest({ ...key, at: later(now, -20 * DAY_MS) }),
  ];
  await storeBatch(calls, []);

  const strip = await stripOf(owner, {}, now);
  expect(strip.barMs).toBe(HOUR_MS);
  expect(strip.bars).toHaveLength(96);
  expect(strip.bars.slice(-2)).toEqual([
    { from: "2026-11-23T13:00:00.000Z", succeeded: 0, refused: 1 },
    { from: "2026-11-23T14:00:00.000Z", succeeded: 1, refused: 0 },
  ]);
  expect(totals(strip)).toEqual({ succeeded: 1, refused: 2 });

  const month = await stripOf(owner, { from: later(now, -30 * DAY_MS), to: now }, now);
  expect(month.bars.length).toBeLessThanOrEqual(96);
  expect(totals(month)).toEqual({ succeeded: 2, refused: 2 });
});

test("a marketer's strip holds the calls of their own keys only, and no stranger's holds any", async () => {
  const owner = await givenOwner();
  const marketer = await givenColleague(owner, "marketer");
  const theirs = await givenPlainKey(marketer);
  const other = await givenPlainKey(owner);
  await storeBatch([aRequest({ ...theirs, at: now }), aRequest({ ...other, at: now })], []);
  expect(totals(await stripOf(owner, {}, now)).succeeded).toBe(2);
  expect(totals(await stripOf(marketer, {}, now)).succeeded).toBe(1);
  expect(totals(await stripOf(marketer, { key: theirs.keyId }, now)).succeeded).toBe(1);
  expect(totals(await stripOf(marketer, { key: other.keyId }, now)).succeeded).toBe(0);
  expect(totals(await stripOf(await givenOwner(), {}, now)).succeeded).toBe(0);
});

test("other filters have no strip: their calls are not counted apart", async () => {
  const owner = await givenOwner();
  for (const filter of [
    { status: "4xx" },
    { path: "/me" },
    { q: "x" },
    { method: "GET" } as const,
  ]) {
    expect(await callStrip(owner, filter, new Date())).toBeNull();
  }
});

async function stripOf(...call: Parameters<typeof callStrip>): Promise<CallStrip> {
  const strip = await callStrip(...call);
  if (!strip) throw new Error("There is no strip.");
  return strip;
}
