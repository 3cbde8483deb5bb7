import type { CallingFrom, CallsAfterEnd } from "@/lib/access/findings/judging/key-facts";
import type { AddressUse, RouteUse } from "@/lib/access/findings/kind/facts";
import { FEW_ADDRESSES, STILL_CALLED_DAYS, USE_DAYS } from "@/lib/access/findings/kind/limits";
import { byKey } from "@/lib/access/findings/watching/by-key";
import { DAY_MS, HOUR_MS, later, startOf } from "@/lib/platform/clock";
import { type Reader, reader } from "@/lib/platform/database/unit-of-work";

/*
 * Each function is one statement for all its keys, and reads a bounded number of rows of each by the primary key of
 * the counts. A batch of 500 keys is in docs/decisions/findings.md with its times.
 */

/** More rows than a key has that calls from few IP addresses on every day. */
const ADDRESS_ROWS_MAX = FEW_ADDRESSES * USE_DAYS + 1;
/** A key that has ended may be called from anywhere: this many counts of it are looked at. */
const CALLER_ROWS_MAX = 2_000;
const CALLERS_SHOWN = 5;

/** An instant of a key from which on its calls count. */
export type KeySince = { keyId: string; since: Date };

/** The calls of each key by route in the last 30 days, of those that were let in and asked for scopes. */
export async function routesOf(
  on: Reader,
  keyIds: readonly string[],
  now: Date,
): Promise<Map<string, RouteUse[]>> {
  const rows = await on.$queryRaw<(RouteUse & { keyId: string })[]>`
    SELECT key_id AS "keyId", method, route, string_to_array(min(array_to_string(scopes, ' ')), ' ') AS scopes,
      sum(calls)::int AS calls
    FROM activity_route_day
    WHERE key_id = ANY(${keyIds}::text[]) AND day >= ${firstDay(now)}::date
    GROUP BY key_id, method, route`;
  return byKey(rows);
}

/** The IP addresses of each key in the last 30 days. Keys that called from more than are few are left out. */
export async function callingFrom(
  on: Reader,
  keyIds: readonly string[],
  now: Date,
): Promise<Map<string, CallingFrom>> {
  const rows = await on.$queryRaw<(AddressUse & { keyId: string; days: number })[]>`
    WITH seen AS MATERIALIZED (
      SELECT key.id, counted.* FROM unnest(${keyIds}::text[]) AS key (id), LATERAL (
        SELECT day, address, calls FROM activity_address_day
        WHERE key_id = key.id AND let_in AND day >= ${firstDay(now)}::date LIMIT ${ADDRESS_ROWS_MAX}
      ) AS counted
    ), few AS (
      SELECT id, count(DISTINCT day)::int AS days FROM seen
      GROUP BY id HAVING count(DISTINCT address) <= ${FEW_ADDRESSES}
    )
    SELECT id AS "keyId", days, address, sum(calls)::int AS calls FROM seen JOIN few USING (id)
    GROUP BY id, days, address ORDER BY id, sum(calls) DESC, address`;
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
  const keyIds = ended.map(({ keyId }) => keyId);
  // Calls of the hour in which it ended may have come before.
  const since = ended.map((key) => laterOf(later(startOf(key.since, HOUR_MS), HOUR_MS), earliest));
  const rows = await reader().$queryRaw<{ keyId: string; calls: number; lastAt: Date }[]>`
    SELECT key_id AS "keyId", sum(calls)::int AS calls, max(hour) AS "lastAt"
    FROM unnest(${keyIds}::text[], ${since}::timestamptz[]) AS ended (key_id, since)
      JOIN activity_hour USING (key_id)
    WHERE hour >= since AND outcome = 'refused'
    GROUP BY key_id`;
  const callers = await callersKeptOut(
    rows.map(({ keyId }) => keyId),
    earliest,
  );
  return new Map(
    rows.map(({ keyId, ...calls }) => [keyId, { ...calls, callers: callers.get(keyId) ?? [] }]),
  );
}

/** The calls with each secret since the hour of an instant. */
export async function callsWithSecrets(
  secrets: readonly (KeySince & { secretId: string })[],
): Promise<Map<string, number>> {
  if (secrets.length === 0) return new Map();
  const rows = await reader().$queryRaw<{ secretId: string; calls: number }[]>`
    SELECT secret_id AS "secretId", sum(calls)::int AS calls
    FROM unnest(${secrets.map(({ keyId }) => keyId)}::text[], ${secrets.map(({ secretId }) => secretId)}::text[],
        ${secrets.map(({ since }) => startOf(since, HOUR_MS))}::timestamptz[]) AS old (key_id, secret_id, since)
      JOIN activity_hour USING (key_id, secret_id)
    WHERE hour >= since GROUP BY secret_id`;
  return new Map(rows.map(({ secretId, calls }) => [secretId, calls]));
}

async function callersKeptOut(
  keyIds: readonly string[],
  earliest: Date,
): Promise<Map<string, AddressUse[]>> {
  const rows = await reader().$queryRaw<(AddressUse & { keyId: string })[]>`
    SELECT id AS "keyId", address, sum(calls)::int AS calls
    FROM unnest(${keyIds}::text[]) AS key (id), LATERAL (
      SELECT address, calls FROM activity_address_day
      WHERE key_id = key.id AND NOT let_in AND day >= ${dayOf(earliest)}::date LIMIT ${CALLER_ROWS_MAX}
    ) AS counted
    GROUP BY id, address ORDER BY id, sum(calls) DESC, address`;
  return new Map([...byKey(rows)].map(([keyId, of]) => [keyId, of.slice(0, CALLERS_SHOWN)]));
}

/** The first of the last 30 days in UTC, today being the last. */
function firstDay(now: Date): string {
  return dayOf(later(now, -(USE_DAYS - 1) * DAY_MS));
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function laterOf(one: Date, other: Date): Date {
  return one > other ? one : other;
}
