import { expect, test } from "vitest";
import { activityOverview, type Overview } from "@/lib/access/activity/reading/overview";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import { aRequest, givenPlainKey } from "@/lib/testing/activity-records";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

const now = new Date("2026-11-23T14:30:00Z");

function inBars({ bars }: Overview) {
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

  const overview = await activityOverview(owner, {}, later(now, MINUTE_MS));
  expect(overview.barMs).toBe(HOUR_MS);
  expect(overview.bars).toHaveLength(96);
  expect(overview.bars.slice(-2)).toEqual([
    { from: "2026-11-23T13:00:00.000Z", succeeded: 0, refused: 1 },
    { from: "2026-11-23T14:00:00.000Z", succeeded: 1, refused: 0 },
  ]);
  expect(inBars(overview)).toEqual({ succeeded: 1, refused: 2 });
  expect(overview).toMatchObject({ calls: 3, problems: 2, since: null });

  const range = { from: later(now, -30 * DAY_MS), to: later(now, MINUTE_MS) };
  const month = await activityOverview(owner, range, later(now, HOUR_MS));
  expect(month.bars.length).toBeLessThanOrEqual(96);
  expect(inBars(month)).toEqual({ succeeded: 2, refused: 2 });
});

test("the calls of a filter are counted by what they have in common, the most first", async () => {
  const owner = await givenOwner();
  const key = await givenPlainKey(owner);
  const stranger = { address: "198.51.100.9", userAgent: "curl/8" };
  await storeBatch(
    [
      aRequest({ ...key, at: now, route: "/me", durationMs: 4 }),
      aRequest({ ...key, at: now, route: "/me", durationMs: 6 }),
      aRequest({ ...key, at: now, status: 403, code: "insufficient_scope", durationMs: 9 }),
      aRequest({ ...key, ...stranger, at: now, status: 403, code: "insufficient_scope" }),
      aRequest({ ...key, ...stranger, at: now, status: 404, code: "not_found", repeats: 8 }),
    ],
    [],
  );
  const after = later(now, MINUTE_MS);
  const problems = await activityOverview(owner, { status: "problems", range: "hour" }, after);
  expect(problems).toMatchObject({ calls: 11, problems: 11, barMs: MINUTE_MS });
  expect(problems.reasons).toMatchObject([
    { status: 404, code: "not_found", calls: 9 },
    { status: 403, code: "insufficient_scope", calls: 2 },
  ]);
  expect(problems.callers).toMatchObject([
    { ...stranger, calls: 10 },
    { calls: 1, problems: 1 },
  ]);
  expect(problems.keys).toMatchObject([{ keyId: key.keyId, calls: 11 }]);
  expect(inBars(problems)).toEqual({ succeeded: 0, refused: 11 });

  const all = await activityOverview(owner, { range: "hour" }, after);
  expect(all).toMatchObject({ calls: 13, problems: 11 });
  expect(all.routes.find(({ route }) => route === "/me")).toMatchObject({ calls: 2, problems: 0 });
  expect(all.reasons.map(({ status }) => status)).toEqual([404, 403]);

  const yesterday = await activityOverview(owner, { range: "yesterday" }, after);
  expect(yesterday).toMatchObject({ calls: 0, typicalMs: null, keys: [] });
  expect(yesterday.bars).toHaveLength(24);
});

test("a marketer's overview holds the calls of their own keys only, and no stranger's holds any", async () => {
  const owner = await givenOwner();
  const marketer = await givenColleague(owner, "marketer");
  const theirs = await givenPlainKey(marketer);
  const other = await givenPlainKey(owner);
  await storeBatch([aRequest({ ...theirs, at: now }), aRequest({ ...other, at: now })], []);
  const after = later(now, MINUTE_MS);
  for (const filter of [{}, { method: "GET" } as const]) {
    const callsOf = async (actor: typeof owner, key?: string) =>
      (await activityOverview(actor, { ...filter, key }, after)).calls;
    expect(await callsOf(owner)).toBe(2);
    expect(await callsOf(marketer)).toBe(1);
    expect(await callsOf(marketer, theirs.keyId)).toBe(1);
    expect(await callsOf(marketer, other.keyId)).toBe(0);
    expect(await callsOf(await givenOwner())).toBe(0);
  }
});
