import type { KeyFacts, UseFacts } from "@/lib/access/findings/judging/key-facts";
import type { RouteUse } from "@/lib/access/findings/kind/facts";
import type { Scope } from "@/lib/people/auth/scopes";
import { DAY_MS, later } from "@/lib/platform/clock";
import { TEST_NOON } from "@/lib/testing/api-keys";

/** The facts of a key that needs no attention at `TEST_NOON`, but for `facts`. */
export function keyFacts(facts: Partial<KeyFacts> = {}): KeyFacts {
  const createdAt = later(TEST_NOON, -60 * DAY_MS);
  return {
    keyId: "key_1",
    revision: 1,
    scopes: ["contacts:read"],
    scopesSince: createdAt,
    allowedAddresses: ["203.0.113.7"],
    expiresAt: later(TEST_NOON, 60 * DAY_MS),
    expiryDays: 120,
    pausedAt: null,
    frozenAt: null,
    revokedAt: null,
    isCompromised: false,
    createdAt,
    lastUsedAt: later(TEST_NOON, -DAY_MS),
    ownerRole: "marketer",
    rotationDays: 180,
    secretSince: createdAt,
    retiring: null,
    routes: [routeUse("GET /contacts", ["contacts:read"], 10)],
    from: { addresses: [{ address: "203.0.113.7", calls: 10 }], days: 30 },
    afterEnd: null,
    leak: null,
    decoy: null,
    excesses: [],
    elder: null,
    use: factsOfUse(),
    ...facts,
  };
}

/** The facts about the use of a key of which nothing was learned yet, except for `facts`. */
export function factsOfUse(facts: Partial<UseFacts> = {}): UseFacts {
  return {
    habit: null,
    hours: [],
    callers: [],
    standing: [],
    intended: [],
    withRetired: null,
    unknownSecrets: [],
    awakeSince: later(TEST_NOON, -60 * DAY_MS),
    ...facts,
  };
}

/** The calls of a route such as "GET /contacts". */
export function routeUse(call: string, scopes: Scope[], calls: number): RouteUse {
  const [method = "", route = ""] = call.split(" ");
  return { method, route, scopes, calls };
}
