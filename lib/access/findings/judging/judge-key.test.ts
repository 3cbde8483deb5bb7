import { expect, test } from "vitest";
import { judgeKey } from "@/lib/access/findings/judging/judge-key";
import type { KeyFacts } from "@/lib/access/findings/judging/key-facts";
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import { TEST_NOON as now } from "@/lib/testing/api-keys";
import { keyFacts, routeUse } from "@/lib/testing/key-facts";

const daysAgo = (days: number) => later(now, -days * DAY_MS);
const inDays = (days: number) => later(now, days * DAY_MS);

/** The findings about a key, such as "unused 2 soon". */
function foundAbout(facts: Partial<KeyFacts>): string[] {
  return judgeKey(keyFacts(facts), now).map(
    ({ kind, degree, severity }) => `${kind} ${degree} ${severity}`,
  );
}

const address = (address: string) => ({ address, calls: 1 });
const addresses = (count: number) =>
  Array.from({ length: count }, (_, at) => address(`203.0.113.${at}`));

function retiring(facts: Partial<NonNullable<KeyFacts["retiring"]>>): Partial<KeyFacts> {
  const use = { lastUsedAt: later(now, -MINUTE_MS), lastUsedAddress: null, lastUsedAgent: null };
  const secret = { retiresAt: inDays(3), calls: 1, ...use, ...facts };
  return { secretSince: later(now, -2 * HOUR_MS), retiring: secret };
}

const reported = { reportedAt: daysAgo(1), source: "anybody" as const, url: "", reports: 1 };
const decoyUse = {
  calls: 5,
  hours: 2,
  lastAt: daysAgo(1),
  method: "GET",
  path: "/me",
  address: "185.220.101.4",
  userAgent: "curl/8.5.0",
};

function excess({ until }: { until: Date }): KeyFacts["excesses"][number] {
  return { budget: "contactsReadPerDay", limit: 100, used: 90, passedAt: daysAgo(1), until };
}

const anywhere = { allowedAddresses: [] };
const before = (at: Date) => later(at, 1);

const CASES: Record<string, [facts: Partial<KeyFacts>, found: string[]]> = {
  "a key in good order": [{}, []],
  "used 30 days ago": [{ lastUsedAt: daysAgo(30) }, ["unused 1 tidy"]],
  "used a moment less than 30 days ago": [{ lastUsedAt: before(daysAgo(30)) }, []],
  "used 90 days ago": [{ lastUsedAt: daysAgo(90) }, ["unused 2 soon"]],
  "never used for a week": [{ lastUsedAt: null, createdAt: daysAgo(7) }, ["never_used 1 tidy"]],
  "never used, made yesterday": [{ lastUsedAt: null, createdAt: daysAgo(1) }, []],
  "never used for 90 days": [{ lastUsedAt: null, createdAt: daysAgo(90) }, ["never_used 3 soon"]],
  "no expiry": [{ expiresAt: null }, ["no_expiry 1 tidy"]],
  "expires in 14 days": [{ expiresAt: inDays(14) }, ["expiring 1 soon"]],
  "expires a moment later": [{ expiresAt: before(inDays(14)) }, []],
  "expires in three days": [{ expiresAt: inDays(3) }, ["expiring 2 soon"]],
  "expires tomorrow, in use": [{ expiresAt: inDays(1) }, ["expiring 3 urgent"]],
  "expires tomorrow, never used": [
    { expiresAt: inDays(1), lastUsedAt: null, createdAt: daysAgo(1) },
    ["expiring 3 soon"],
  ],
  "a secret of 180 days": [{ secretSince: daysAgo(180) }, ["old_secret 1 soon"]],
  "a secret of 179 days": [{ secretSince: daysAgo(179) }, []],
  "a secret of 90 days, where they are due by then": [
    { secretSince: daysAgo(90), rotationDays: 90 },
    ["old_secret 1 soon"],
  ],
  "a secret of a year": [{ secretSince: daysAgo(365) }, ["old_secret 2 soon"]],
  "an old secret in use": [retiring({}), ["old_secret_in_use 1 soon"]],
  "an old secret in use that ends within a day": [
    retiring({ retiresAt: inDays(1) }),
    ["old_secret_in_use 2 urgent"],
  ],
  "a rotation of half an hour ago": [
    { ...retiring({}), secretSince: later(now, -30 * MINUTE_MS) },
    [],
  ],
  "a rotation of half an hour ago that ends within a day": [
    { ...retiring({ retiresAt: inDays(1) }), secretSince: later(now, -30 * MINUTE_MS) },
    ["old_secret_in_use 2 urgent"],
  ],
  "an old secret last used before the rotation": [
    retiring({ lastUsedAt: later(now, -3 * HOUR_MS) }),
    [],
  ],
  "an old secret last used two days ago": [
    { ...retiring({ lastUsedAt: daysAgo(2) }), secretSince: daysAgo(3) },
    [],
  ],
  "an owner who became a viewer": [{ ownerRole: "viewer" }, ["owner_cannot_manage 1 soon"]],
  "a decoy that nobody used, whatever else is so": [
    { decoy: { place: "wiki", use: null }, expiresAt: null },
    [],
  ],
  "a decoy that was used in two hours, and reported": [
    { decoy: { place: "wiki", use: decoyUse }, leak: reported },
    ["decoy_used 3 urgent"],
  ],
  "a decoy that was used and removed": [
    { decoy: { place: "wiki", use: decoyUse }, revokedAt: daysAgo(1) },
    [],
  ],
  "over a budget of today": [
    { excesses: [excess({ until: before(now) })] },
    ["budget_exceeded 1 urgent"],
  ],
  "over budgets of days that are over": [
    { excesses: [excess({ until: now }), excess({ until: daysAgo(2) })] },
    ["budget_exceeded 2 soon"],
  ],
  "two permissions more than it used": [
    { scopes: ["contacts:read", "contacts:write", "emails:send"] },
    ["unused_scopes 2 soon"],
  ],
  "a permission to read that it did not use": [
    { scopes: ["contacts:read", "emails:read"] },
    ["unused_scopes 1 tidy"],
  ],
  "permissions that are new": [
    { scopes: ["contacts:read", "contacts:write"], scopesSince: daysAgo(29) },
    [],
  ],
  "permissions, and no calls": [{ scopes: ["contacts:read", "contacts:write"], routes: [] }, []],
  "a call that needed both of its permissions": [
    {
      scopes: ["contacts:read", "audiences:read"],
      routes: [routeUse("GET /audiences/:id/contacts", ["audiences:read", "contacts:read"], 1)],
    },
    [],
  ],
  "anywhere, from five addresses": [
    { ...anywhere, from: { addresses: addresses(5), days: 10 } },
    ["works_from_anywhere 1 tidy"],
  ],
  "anywhere, from six addresses": [
    { ...anywhere, from: { addresses: addresses(6), days: 10 } },
    [],
  ],
  "anywhere, on nine days": [{ ...anywhere, from: { addresses: addresses(1), days: 9 } }, []],
  "anywhere, made last week": [{ ...anywhere, createdAt: daysAgo(7), scopesSince: daysAgo(7) }, []],
  "the name of an older key": [
    { elder: { id: "key_0", createdAt: daysAgo(99) } },
    ["same_name 1 tidy"],
  ],
};

test.each(Object.entries(CASES))("%s", (_, [facts, found]) => {
  expect(foundAbout(facts)).toEqual(found);
});

const called = (calls: number) => ({ calls, lastAt: later(now, -HOUR_MS), callers: [] });

test.each([
  ["revoked, and called", { revokedAt: daysAgo(3), afterEnd: called(9) }, 1, "soon"],
  [
    "revoked since it leaked",
    { revokedAt: daysAgo(3), isCompromised: true, afterEnd: called(10) },
    2,
    "urgent",
  ],
  [
    "expired, and called a thousand times",
    { expiresAt: daysAgo(3), afterEnd: called(1_000) },
    4,
    "soon",
  ],
] as const)("%s", (_, facts, degree, severity) => {
  expect(foundAbout(facts)).toEqual([`ended_key_called ${degree} ${severity}`]);
});

test("of a key that has ended nothing else is said, and of a paused one nothing", () => {
  const bad = { ownerRole: "viewer" as const, lastUsedAt: daysAgo(200), secretSince: daysAgo(400) };
  expect(foundAbout({ ...bad, revokedAt: daysAgo(1) })).toEqual([]);
  expect(foundAbout({ ...bad, expiresAt: now })).toEqual([]);
  expect(foundAbout({ ...bad, pausedAt: daysAgo(1) })).toEqual([]);
  expect(foundAbout(bad)).toHaveLength(3);
});
