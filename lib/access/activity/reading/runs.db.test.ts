import { expect, test } from "vitest";
import { listRuns } from "@/lib/access/activity/reading/runs";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { HOUR_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import { aRequest, givenPlainKey } from "@/lib/testing/activity-records";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

const now = new Date("2026-11-23T14:30:00Z");
const ago = (minutes: number) => later(now, -minutes * MINUTE_MS);

test("calls of a key that follow each other are one run; a pause begins the next", async () => {
  const owner = await givenOwner();
  const [sync, shop] = [await givenPlainKey(owner), await givenPlainKey(owner)];
  await storeBatch(
    [
      aRequest({ ...sync, at: ago(60), contactsChanged: 500 }),
      aRequest({ ...sync, at: ago(52), contactsChanged: 12 }),
      aRequest({ ...shop, at: ago(51), recipients: 1 }),
      aRequest({ ...sync, at: ago(50), status: 422, code: "validation_error", repeats: 2 }),
      aRequest({ ...sync, at: ago(5), contactsRead: 50 }),
    ],
    [],
  );
  const { runs, lookedBackTo } = await listRuns(owner, {}, now);
  expect(lookedBackTo).toBeNull();
  expect(runs).toMatchObject([
    { keyId: sync.keyId, calls: 1, contactsRead: 50, isGoing: true, problems: [] },
    {
      keyId: sync.keyId,
      calls: 5,
      contactsChanged: 512,
      isGoing: false,
      from: ago(60).toISOString(),
      to: ago(50).toISOString(),
      problems: [{ status: 422, code: "validation_error", calls: 3 }],
    },
    { keyId: shop.keyId, calls: 1, recipients: 1 },
  ]);
});

test("runs are those that the filters find, among the keys that the actor may see", async () => {
  const owner = await givenOwner();
  const marketer = await givenColleague(owner, "marketer");
  const [own, other] = [await givenPlainKey(marketer), await givenPlainKey(owner)];
  await storeBatch(
    [
      aRequest({ ...own, at: ago(5) }),
      aRequest({ ...own, at: ago(4), status: 404, code: "not_found" }),
      aRequest({ ...other, at: later(now, -3 * HOUR_MS) }),
    ],
    [],
  );
  const keysOf = async (...call: Parameters<typeof listRuns>) =>
    (await listRuns(...call)).runs.map(({ keyId, calls }) => [keyId, calls]);
  expect(await keysOf(owner, {}, now)).toEqual([
    [own.keyId, 2],
    [other.keyId, 1],
  ]);
  expect(await keysOf(owner, { range: "hour" }, now)).toEqual([[own.keyId, 2]]);
  expect(await keysOf(owner, { status: "problems" }, now)).toEqual([[own.keyId, 1]]);
  expect(await keysOf(marketer, {}, now)).toEqual([[own.keyId, 2]]);
  expect(await keysOf(marketer, { key: other.keyId }, now)).toEqual([]);
  expect(await keysOf(await givenOwner(), {}, now)).toEqual([]);
});
