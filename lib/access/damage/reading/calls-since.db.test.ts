import { beforeEach, expect, test } from "vitest";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { callsSince } from "@/lib/access/damage/reading/calls-since";
import { knownAddresses } from "@/lib/access/damage/reading/known-addresses";
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
    [SHOP, "known 60 days or more", "Shopware/6.6", "sent mail to 2 recipients"],
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

test("a caller is known by two of the 60 days before, in both steps, and by nothing less", async () => {
  const daysBefore = (...days: number[]) => days.map((day) => later(since, -day * DAY_MS));
  const calledOn = async (address: string, days: Date[]) =>
    await given(days.map((at) => ({ at, address })));
  const monthly = "203.0.113.8";
  const [once, longAgo] = ["203.0.113.9", "203.0.113.10"];
  await calledOn(monthly, daysBefore(60, 29));
  // Many calls of one day are one visit.
  await calledOn(once, daysBefore(1, 1, 1));
  await calledOn(longAgo, daysBefore(61, 62, 29));
  // Refused calls make nobody known, and neither do those of the day of the leak.
  await given(
    daysBefore(3, 4).map((at) => ({ at, address: THIEF, status: 401, authenticated: false })),
  );
  await given([{ at: later(since, -1), address: THIEF }]);
  for (const address of [monthly, once, longAgo, THIEF]) {
    await given([{ at: later(since, 1), address }]);
  }
  const found = await callsSince(owner, { ...key, since }, now);
  const words = new Map(found?.callers.map((caller) => [caller.address, knownInWords(caller)]));
  expect([...words].filter(([, word]) => word !== "unknown")).toEqual([
    [monthly, "known 60 days or more"],
  ]);
  expect(words.size).toBe(4);
  const addresses = await knownAddresses(owner, { keyId: key.keyId, before: since });
  expect(addresses).toEqual([monthly]);
});

test("proposes the first call by a caller that was not known then", async () => {
  await givenHabit();
  const at = later(now, -3 * DAY_MS);
  await given([
    { at, address: THIEF },
    { at: later(at, MINUTE_MS), address: THIEF },
    { at: later(now, -DAY_MS), address: "192.0.2.99" },
  ]);
  expect(await proposeSince(owner, key, now)).toEqual({
    at,
    why: "unknown_caller",
    address: THIEF,
  });
});

test("a thief who tried the key once before is unknown still, and a tool is not once it called on two days", async () => {
  const days = (...ago: number[]) => ago.map((day) => later(now, -day * DAY_MS));
  await givenHabit();
  await given([{ at: later(now, -20 * DAY_MS), address: THIEF }]);
  await given(days(18, 17, 3).map((at) => ({ at, address: "192.0.2.50" })));
  const at = later(now, -2 * DAY_MS);
  await given([{ at, address: THIEF }]);
  expect(await proposeSince(owner, key, now)).toEqual({
    at,
    why: "unknown_caller",
    address: THIEF,
  });
});

test("a new key and one that calls from many addresses have no habit", async () => {
  await given([1, 2, 3].map((day) => ({ at: later(now, -day * DAY_MS), address: SHOP })));
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
