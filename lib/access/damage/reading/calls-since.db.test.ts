import { beforeEach, expect, test } from "vitest";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { callsSince } from "@/lib/access/damage/reading/calls-since";
import { proposeSince } from "@/lib/access/damage/reading/propose-since";
import { deedsOf, knownInWords } from "@/lib/access/damage/reading/words";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, HOUR_MS, later, MINUTE_MS, now as realNow } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { aRequest, givenPlainKey } from "@/lib/testing/activity-records";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

const THIEF = "198.51.100.66";
const SHOP = "203.0.113.7";

let owner: MemberActor;
let key: { workspaceId: string; keyId: string; secretId: string };
const now = realNow();
const since = later(now, -2 * HOUR_MS);

beforeEach(async () => {
  owner = await givenOwner();
  key = await givenPlainKey(owner);
});

type Call = Parameters<typeof aRequest>[0];

async function given(calls: readonly Call[]): Promise<void> {
  await storeBatch(
    calls.map((call) => aRequest({ ...key, ...call })),
    [],
  );
}

/** A call of the shop on each of the last 60 days except today, as integrations make them. */
async function givenHabit(address = SHOP): Promise<void> {
  const days = Array.from({ length: 60 }, (_, day) => later(now, -(day + 1) * DAY_MS));
  await given(days.map((at) => ({ at, address })));
}

test("tells unknown callers from known ones, and what each did", async () => {
  await givenHabit();
  const thief = { address: THIEF, userAgent: "python-requests/2.32" };
  const minutes = (count: number) => later(since, count * MINUTE_MS);
  await given([
    { at: minutes(-1), address: THIEF, contactsRead: 50 },
    { at: minutes(1), ...thief, contactsRead: 50 },
    { at: minutes(2), ...thief, contactsRead: 50, repeats: 2 },
    { at: minutes(3), ...thief, method: "PUT", route: "/contacts/:idOrEmail", contactsChanged: 18 },
    { at: minutes(4), ...thief, method: "POST", route: "/emails", recipients: 41 },
    { at: minutes(5), ...thief, method: "POST", route: "/webhooks" },
    { at: minutes(6), ...thief, method: "POST", route: "/templates", status: 403 },
    {
      at: minutes(100),
      userAgent: "Shopware/6.6",
      method: "POST",
      route: "/emails",
      recipients: 2,
    },
  ]);
  const found = await callsSince(owner, { ...key, since }, now);
  expect(found?.totals).toMatchObject({
    calls: 9,
    unknownCalls: 8,
    refused: 1,
    contactsRead: 100,
    contactsChanged: 18,
    recipients: 43,
  });
  expect(found).toMatchObject({ callerCount: 2, unknownCount: 1, lookedBackTo: null });
  const callers = found?.callers.map((caller) => {
    return [caller.address, knownInWords(caller), caller.userAgent, deedsOf(caller)];
  });
  expect(callers).toEqual([
    [
      THIEF,
      "unknown",
      "python-requests/2.32",
      "read 100 contacts, changed 18, sent mail to 41 recipients and changed webhooks",
    ],
    [SHOP, "known 60 days", "Shopware/6.6", "sent mail to 2 recipients"],
  ]);
  const sum = (of: "known" | "unknown") =>
    found?.bars.reduce((total, bar) => total + bar[of], 0) ?? 0;
  expect([sum("known"), sum("unknown")]).toEqual([1, 8]);
  expect(found?.bars.length).toBeLessThanOrEqual(61);
});

test("a caller that was only refused did nothing", async () => {
  await given([{ at: later(since, 1), address: THIEF, status: 401, authenticated: false }]);
  const found = await callsSince(owner, { ...key, since }, now);
  expect(found?.callers.map(deedsOf)).toEqual(["nothing: its call was refused"]);
});

test("a caller of more than 30 days ago is not known", async () => {
  await given([{ at: later(now, -32 * DAY_MS), address: THIEF }]);
  await given([{ at: later(since, 1), address: THIEF }]);
  expect((await callsSince(owner, { ...key, since }, now))?.unknownCount).toBe(1);
});

test("proposes the first call from an address that the key had not called from in the 30 days before", async () => {
  await givenHabit();
  const at = later(now, -3 * DAY_MS);
  await given([
    { at, address: THIEF },
    { at: later(at, MINUTE_MS), address: THIEF },
    { at: later(now, -DAY_MS), address: "192.0.2.99" },
  ]);
  expect(await proposeSince(owner, key, now)).toEqual({ at, why: "new_address", address: THIEF });
});

test("a new key and one that calls from many addresses have no habit", async () => {
  await given([{ at: later(now, -DAY_MS), address: SHOP }]);
  const lastDay = { at: later(now, -DAY_MS), why: "last_day", address: null };
  expect(await proposeSince(owner, key, now)).toEqual(lastDay);
  for (const n of [1, 2, 3, 4, 5, 6]) await givenHabit(`192.0.2.${n}`);
  await given([{ at: later(now, -HOUR_MS), address: THIEF }]);
  expect(await proposeSince(owner, key, now)).toEqual(lastDay);
});

test("without an unusual call, the first report counts", async () => {
  const at = later(now, -5 * DAY_MS);
  const leak = { id: newId("lek", at), source: "anybody", url: "", reportedAt: at } as const;
  await db().leak.create({ data: { ...key, ...leak } });
  expect(await proposeSince(owner, key, now)).toEqual({ at, why: "reported", address: null });
});

test("who may not see the key's activity learns nothing", async () => {
  const marketer = await givenColleague(owner, "marketer");
  for (const actor of [marketer, await givenOwner()]) {
    expect(await callsSince(actor, { ...key, since }, now)).toBeNull();
    expect(await proposeSince(actor, key, now)).toBeNull();
  }
});
