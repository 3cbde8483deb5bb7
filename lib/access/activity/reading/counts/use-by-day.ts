import { utcDay } from "@/lib/access/activity/reading/utc-day";
import type { Scope } from "@/lib/people/auth/scopes";
import { DAY_MS, later } from "@/lib/platform/clock";
import { type Reader, reader } from "@/lib/platform/database/unit-of-work";

/*
 * Each function is one statement for all its keys, and reads a bounded number of rows of each by the primary key of
 * the counts. A batch of 500 keys is in docs/decisions/findings.md with its times.
 */

/** A key that was refused may be called from anywhere: this many counts of it are looked at. */
const KEPT_OUT_ROWS_MAX = 2_000;

/** The calls of a key to one route, and the scopes that the route asked for. */
export type RouteCalls = {
  keyId: string;
  method: string;
  route: string;
  scopes: Scope[];
  calls: number;
};

/** The calls of a key from one IP address. */
export type AddressCalls = { keyId: string; address: string; calls: number };

/**
 * The calls of each key by route in the last `days` UTC days, today included: those that were let in and asked for
 * scopes.
 */
export async function routeCalls(
  on: Reader,
  keyIds: readonly string[],
  { days }: { days: number },
  now: Date,
): Promise<RouteCalls[]> {
  return await on.$queryRaw<RouteCalls[]>`
    SELECT key_id AS "keyId", method, route, string_to_array(min(array_to_string(scopes, ' ')), ' ') AS scopes,
      sum(calls)::int AS calls
    FROM activity_route_day
    WHERE key_id = ANY(${keyIds}::text[]) AND day >= ${firstDay(days, now)}::date
    GROUP BY key_id, method, route`;
}

/**
 * The IP addresses from which each key was let in during the last `days` UTC days, today included, the busiest first.
 * `days` of a row is the number of days on which its key called from any of them. Keys that called from more than
 * `addressesMax` are left out.
 */
export async function callsFromFew(
  on: Reader,
  keyIds: readonly string[],
  { days, addressesMax }: { days: number; addressesMax: number },
  now: Date,
): Promise<(AddressCalls & { days: number })[]> {
  // More rows than a key has that calls from few addresses on every day.
  const rowsMax = addressesMax * days + 1;
  return await on.$queryRaw<(AddressCalls & { days: number })[]>`
    WITH seen AS MATERIALIZED (
      SELECT key.id, counted.* FROM unnest(${keyIds}::text[]) AS key (id), LATERAL (
        SELECT day, address, calls FROM activity_address_day
        WHERE key_id = key.id AND let_in AND day >= ${firstDay(days, now)}::date LIMIT ${rowsMax}
      ) AS counted
    ), few AS (
      SELECT id, count(DISTINCT day)::int AS days FROM seen
      GROUP BY id HAVING count(DISTINCT address) <= ${addressesMax}
    )
    SELECT id AS "keyId", days, address, sum(calls)::int AS calls FROM seen JOIN few USING (id)
    GROUP BY id, days, address ORDER BY id, sum(calls) DESC, address`;
}

/** The IP addresses from which each key was kept out since the UTC day of an instant, the busiest first. */
export async function callsKeptOut(
  keyIds: readonly string[],
  { since }: { since: Date },
): Promise<AddressCalls[]> {
  return await reader().$queryRaw<AddressCalls[]>`
    SELECT id AS "keyId", address, sum(calls)::int AS calls
    FROM unnest(${keyIds}::text[]) AS key (id), LATERAL (
      SELECT address, calls FROM activity_address_day
      WHERE key_id = key.id AND NOT let_in AND day >= ${utcDay(since)}::date LIMIT ${KEPT_OUT_ROWS_MAX}
    ) AS counted
    GROUP BY id, address ORDER BY id, sum(calls) DESC, address`;
}

/** The first of the last `days` days in UTC, today being the last. */
function firstDay(days: number, now: Date): string {
  return utcDay(later(now, -(days - 1) * DAY_MS));
}
