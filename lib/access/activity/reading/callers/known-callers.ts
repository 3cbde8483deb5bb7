import { KNOWN_ON_DAYS, KNOWN_WITHIN_DAYS } from "@/lib/access/activity/limits";
import { utcDay } from "@/lib/access/activity/reading/utc-day";
import { DAY_MS, later } from "@/lib/platform/clock";
import { reader } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";

/**
 * The counts of a key by day and IP address that are looked at. A key that calls from 800 addresses every day has fewer.
 */
const ROWS_MAX = 50_000;

/**
 * SQL for the callers of a key that are known at an instant: its IP address was let in on at least two of the 60 UTC
 * days before. Each has its `address`, its first of these `day`s, and its `calls` on them. The key is an id, or SQL that
 * names one. Of its counts the newest `rowsMax` are looked at. It is for statements of this room.
 */
export function knownCallers(
  keyId: string | Prisma.Sql,
  before: Date,
  rowsMax = ROWS_MAX,
): Prisma.Sql {
  return Prisma.sql`
    SELECT address, min(day) AS day, sum(calls)::int AS calls FROM (
      SELECT address, day, calls FROM activity_address_day
      WHERE key_id = ${keyId} AND let_in AND day < ${utcDay(before)}::date
        AND day >= ${utcDay(later(before, -KNOWN_WITHIN_DAYS * DAY_MS))}::date
      ORDER BY day DESC LIMIT ${rowsMax}) AS counted
    GROUP BY address HAVING count(*) >= ${KNOWN_ON_DAYS}::int`;
}

/** The IP addresses of the callers of a key that are known at an instant, the busiest first, at most `limit`. */
export async function busiestKnown({
  keyId,
  before,
  limit,
}: {
  keyId: string;
  before: Date;
  limit: number;
}): Promise<string[]> {
  const rows = await reader().$queryRaw<{ address: string }[]>`
    SELECT address FROM (${knownCallers(keyId, before)}) AS known
    ORDER BY calls DESC, address LIMIT ${limit}`;
  return rows.map(({ address }) => address);
}
