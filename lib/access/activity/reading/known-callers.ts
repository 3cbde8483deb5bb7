import { KNOWN_ON_DAYS, KNOWN_WITHIN_DAYS } from "@/lib/access/activity/limits";
import { DAY_MS, later } from "@/lib/platform/clock";
import { Prisma } from "@/prisma/generated/client";

/**
 * The counts of a key by day and IP address that are looked at. A key that calls from 800 addresses every day has fewer.
 */
const ROWS_MAX = 50_000;

/**
 * SQL for the callers of a key that are known at an instant: its IP address was let in on at least two of the 60 UTC
 * days before. Each has its `address`, its first of these `day`s, and its `calls` on them. The key is an id, or SQL that
 * names one. Of its counts the newest `rowsMax` are looked at.
 */
export function knownCallers(
  keyId: string | Prisma.Sql,
  before: Date,
  rowsMax = ROWS_MAX,
): Prisma.Sql {
  return Prisma.sql`
    SELECT address, min(day) AS day, sum(calls)::int AS calls FROM (
      SELECT address, day, calls FROM activity_address_day
      WHERE key_id = ${keyId} AND let_in AND day < ${dayOf(before)}::date
        AND day >= ${dayOf(later(before, -KNOWN_WITHIN_DAYS * DAY_MS))}::date
      ORDER BY day DESC LIMIT ${rowsMax}) AS counted
    GROUP BY address HAVING count(*) >= ${KNOWN_ON_DAYS}::int`;
}

/** The UTC day of an instant, as Postgres reads it. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
