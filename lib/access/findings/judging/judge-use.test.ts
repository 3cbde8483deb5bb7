import { expect, test } from "vitest";
import type { Habit } from "@/lib/access/findings/habits/habit";
import { learnHabit } from "@/lib/access/findings/habits/learn-habit";
import { judgeKey, judgeUse } from "@/lib/access/findings/judging/judge-key";
import type { Caller, RouteHour, UseFacts } from "@/lib/access/findings/judging/key-facts";
import { DAY_MS, HOUR_MS, later, startOf } from "@/lib/platform/clock";
import { TEST_NOON as now } from "@/lib/testing/api-keys";
import { factsOfUse, keyFacts } from "@/lib/testing/key-facts";

const thisHour = startOf(now, HOUR_MS);
const hoursAgo = (hours: number) => later(thisHour, -hours * HOUR_MS);
const daysAgo = (days: number) => later(now, -days * DAY_MS);

/** The habit of a key that made `calls` calls, for three weeks, in each hour for which `isOn` is true. */
function habitOf(calls = 20, isOn: (at: Date) => boolean = () => true): Habit {
  const hours = Array.from({ length: 21 * 24 }, (_, back) => hoursAgo(back + 1)).filter(isOn);
  const quiet = { refusedRoutes: 0, notFound: 0, contactsRead: calls };
  const habit = learnHabit(
    hours.map((hour) => ({ hour, calls, ...quiet })),
    [],
    now,
  );
  if (!habit) throw new Error("Nothing was learned.");
  return habit;
}

function used(route: Partial<RouteHour>): RouteHour {
  const none = { calls: 0, refused: 0, notFound: 0, contactsRead: 0, inUrl: 0 };
  return { method: "GET", route: "/contacts", ...none, ...route };
}

/** The unusual things about a key that has a habit and does this in the current hour, such as "burst 1". */
function found(routes: Partial<RouteHour>[], use: Partial<UseFacts> = {}): string[] {
  const hours = [{ hour: thisHour, routes: routes.map(used) }];
  const key = keyFacts({
    lastUsedAt: now,
    allowedAddresses: [],
    use: factsOfUse({ habit: habitOf(), hours, ...use }),
  });
  return judgeUse(key, now).map(({ kind, degree }) => `${kind} ${degree}`);
}

test.each<[string, Partial<RouteHour>[], string[]]>([
  ["an hour like any other", [{ calls: 25, contactsRead: 30 }], []],
  ["fewer calls than are unusual", [{ calls: 99 }], []],
  ["five times the calls", [{ calls: 100 }], ["burst 1"]],
  ["fifty times the calls", [{ calls: 1_000 }], ["burst 2"]],
  ["five hundred contacts", [{ calls: 20, contactsRead: 500 }], ["bulk_reading 1"]],
  [
    "pages of contacts, which are named as reading",
    [{ calls: 120, contactsRead: 12_000 }],
    ["bulk_reading 2"],
  ],
  [
    "pages of contacts and a loop",
    [
      { calls: 120, contactsRead: 12_000 },
      { route: "/me", calls: 100 },
    ],
    ["bulk_reading 2", "burst 1"],
  ],
  ["a loop over contacts", [{ calls: 1_000, contactsRead: 1_000 }], ["bulk_reading 1", "burst 2"]],
  ["one refused route", [{ calls: 60, refused: 60 }], []],
  [
    "four refused routes",
    ["/a", "/b", "/c", "/d"].map((route) => ({ route, calls: 5, refused: 5 })),
    ["scanning 1"],
  ],
  ["a share of calls that are not found", [{ calls: 90, notFound: 50 }], ["walking 1"]],
  ["not found among very many", [{ calls: 99, notFound: 24 }], []],
  ["a key in the URL", [{ calls: 12, inUrl: 12 }], ["key_in_url 2"]],
])("%s", (_, routes, kinds) => {
  expect(found(routes)).toEqual(kinds);
});

test("nothing is unusual in the first week, nor of a key that is paused", () => {
  const use = { habit: { ...habitOf(), since: daysAgo(6) } };
  expect(found([{ calls: 1_000, contactsRead: 50_000 }], use)).toEqual([]);
  const busy = factsOfUse({
    habit: habitOf(),
    hours: [{ hour: thisHour, routes: [used({ calls: 999 })] }],
  });
  expect(judgeUse(keyFacts({ use: busy, pausedAt: now }), now)).toEqual([]);
});

test("a key that has not shown its busy days yet makes half as many calls more", () => {
  const use = { habit: { ...habitOf(), since: daysAgo(20) } };
  expect(found([{ calls: 104 }], use)).toEqual([]);
  expect(found([{ calls: 105 }], use)).toEqual(["burst 1"]);
});

test("a night is held against nights, and a sales day hides no loop", () => {
  const byDay = habitOf(200, (at) => at.getUTCHours() >= 6 && at.getUTCHours() < 20);
  const three = byDay.calls.upper[3] ?? Number.NaN;
  expect(three).toBe(0);
  expect(byDay.calls.upper[12]).toBe(200);
  const sales = later(daysAgo(9), 0).getTime();
  const hours = Array.from({ length: 21 * 24 }, (_, back) => hoursAgo(back + 1)).map((hour) => ({
    hour,
    calls: Math.abs(hour.getTime() - sales) < 5 * HOUR_MS ? 900 : 20,
    refusedRoutes: 0,
    notFound: 0,
    contactsRead: 0,
  }));
  expect(learnHabit(hours, [], now)?.calls.top).toBe(20);
});

const caller = (network: string, days: number, program = "crm"): Caller => ({
  network,
  address: network.replace("0/24", "7"),
  program,
  firstAt: daysAgo(days),
});
const home = caller("192.0.2.0/24", 40);

test.each<[string, Caller[], string[]]>([
  ["only at home", [home], []],
  ["a new network, the same program", [home, caller("198.51.100.0/24", 1)], ["new_network 1"]],
  ["a new program too", [home, caller("198.51.100.0/24", 1, "curl")], ["new_network 2"]],
  ["a network of last week", [home, caller("198.51.100.0/24", 8, "curl")], []],
  ["a young key", [caller("192.0.2.0/24", 13), caller("198.51.100.0/24", 1)], []],
  [
    "a key that moves all the time",
    [home, ...[20, 15, 10, 1].map((days) => caller(`203.0.${days}.0/24`, days))],
    [],
  ],
])("%s", (_, callers, kinds) => {
  expect(found([], { callers })).toEqual(kinds);
});

test("of a key that a stranger calls with, no limit to its addresses is offered", () => {
  const from = { addresses: [{ address: "192.0.2.7", calls: 9 }], days: 12 };
  const open = { allowedAddresses: [], from };
  const kindsOf = (callers: Caller[]) =>
    judgeKey(keyFacts({ ...open, use: factsOfUse({ callers }) }), now).map(({ kind }) => kind);
  expect(kindsOf([home])).toEqual(["works_from_anywhere"]);
  expect(kindsOf([home, caller("198.51.100.0/24", 1, "curl")])).toEqual(["new_network"]);
});

test("a key is silent after the hours in which it usually calls, not after weekends", () => {
  const silent = (habit: Habit, lastUsedAt: Date, awakeSince = daysAgo(30)) =>
    judgeUse(keyFacts({ lastUsedAt, use: factsOfUse({ habit, awakeSince }) }), now).length === 1;
  expect(silent(habitOf(), hoursAgo(5))).toBe(false);
  expect(silent(habitOf(), hoursAgo(7))).toBe(true);
  expect(silent(habitOf(), hoursAgo(7), hoursAgo(3))).toBe(false);
  const nightly = habitOf(5, (at) => at.getUTCHours() === 2);
  expect(silent(nightly, later(startOf(now, DAY_MS), -46 * HOUR_MS))).toBe(false);
  expect(silent(nightly, later(startOf(now, DAY_MS), -70 * HOUR_MS))).toBe(true);
  expect(silent(habitOf(), daysAgo(31))).toBe(false);
});
