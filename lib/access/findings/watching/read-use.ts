import {
  callsFromFew,
  callsKeptOut,
  routeCalls,
} from "@/lib/access/activity/reading/counts/use-by-day";
import { type KeySince, refusedCalls } from "@/lib/access/activity/reading/counts/use-by-hour";
import type { CallingFrom, CallsAfterEnd } from "@/lib/access/findings/judging/key-facts";
import type { AddressUse, RouteUse } from "@/lib/access/findings/kind/facts";
import { FEW_ADDRESSES, STILL_CALLED_DAYS, USE_DAYS } from "@/lib/access/findings/kind/limits";
import { byKey } from "@/lib/access/findings/watching/by-key";
import { DAY_MS, HOUR_MS, later, startOf } from "@/lib/platform/clock";
import type { Reader } from "@/lib/platform/database/unit-of-work";

const CALLERS_SHOWN = 5;

/** The calls of each key by route in the last 30 days, of those that were let in and asked for scopes. */
export async function routesOf(
  on: Reader,
  keyIds: readonly string[],
  now: Date,
): Promise<Map<string, RouteUse[]>> {
  return byKey(await routeCalls(on, keyIds, { days: USE_DAYS }, now));
}

/** The IP addresses of each key in the last 30 days. Keys that called from more than are few are left out. */
export async function callingFrom(
  on: Reader,
  keyIds: readonly string[],
  now: Date,
): Promise<Map<string, CallingFrom>> {
  const few = { days: USE_DAYS, addressesMax: FEW_ADDRESSES };
  const rows = await callsFromFew(on, keyIds, few, now);
  return new Map(
    [...byKey(rows)].map(([keyId, of]) => {
      const addresses = of.map(({ address, calls }) => ({ address, calls }));
      return [keyId, { addresses, days: of[0]?.days ?? 0 }];
    }),
  );
}

/** The calls with each key since it ended, of the last seven days: at most five callers, the busiest first. */
export async function callsAfterEnd(
  ended: readonly KeySince[],
  now: Date,
): Promise<Map<string, CallsAfterEnd>> {
  if (ended.length === 0) return new Map();
  const earliest = later(startOf(now, HOUR_MS), -STILL_CALLED_DAYS * DAY_MS);
  const rows = await refusedCalls(
    ended.map(({ keyId, since }) => ({
      keyId,
      // Calls of the hour in which it ended may have come before.
      since: laterOf(later(startOf(since, HOUR_MS), HOUR_MS), earliest),
    })),
  );
  const callers = await callersKeptOut(
    rows.map(({ keyId }) => keyId),
    earliest,
  );
  return new Map(
    rows.map(({ keyId, ...calls }) => [keyId, { ...calls, callers: callers.get(keyId) ?? [] }]),
  );
}

async function callersKeptOut(
  keyIds: readonly string[],
  earliest: Date,
): Promise<Map<string, AddressUse[]>> {
  const rows = byKey(await callsKeptOut(keyIds, { since: earliest }));
  return new Map([...rows].map(([keyId, of]) => [keyId, of.slice(0, CALLERS_SHOWN)]));
}

function laterOf(one: Date, other: Date): Date {
  return one > other ? one : other;
}
