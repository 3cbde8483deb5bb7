import { KNOWN_ON_DAYS, KNOWN_WITHIN_DAYS } from "@/lib/access/activity/limits";
import { utcDay } from "@/lib/access/activity/reading/utc-day";
import { DAY_MS, later, startOf } from "@/lib/platform/clock";
import { reader } from "@/lib/platform/database/unit-of-work";
import { firstUuidAt, timeOfUuid } from "@/lib/platform/ids";

/** Counts of a key by day and IP address that are looked at. */
const ROWS_MAX = 30_000;

/** A key, and the days and addresses by which its callers are told apart. */
type Question = {
  workspaceId: string;
  keyId: string;
  /** The number of last UTC days, today included, in which the call is looked for. */
  days: number;
  /** A key that calls from more IP addresses has no habit that a call could break. */
  addressesMax: number;
};

/**
 * The first call with a key, of the last `days` days, by a caller that was not known on its day, by the same rule as
 * `knownCallers`. Null where there is none, where no known caller used the key before, or where it called from more than
 * `addressesMax` IP addresses.
 */
export async function firstByUnknown(
  { workspaceId, keyId, days, addressesMax }: Question,
  now: Date,
): Promise<{ at: Date; address: string } | null> {
  const first = later(startOf(now, DAY_MS), -(days - 1) * DAY_MS);
  const earliest = later(first, -KNOWN_WITHIN_DAYS * DAY_MS);
  const [found] = await reader().$queryRaw<{ address: string; day: Date }[]>`
    WITH seen AS MATERIALIZED (
      SELECT day, address FROM activity_address_day
      WHERE key_id = ${keyId} AND let_in AND day >= ${utcDay(earliest)}::date
      ORDER BY day DESC LIMIT ${ROWS_MAX}
    ), counted AS MATERIALIZED (
      SELECT day, address, count(*) OVER (PARTITION BY address ORDER BY day
        RANGE BETWEEN ${KNOWN_WITHIN_DAYS}::int * interval '1 day' PRECEDING AND interval '1 day' PRECEDING) AS days
      FROM seen
    ), candidate AS (
      SELECT address, day FROM counted
      WHERE day >= ${utcDay(first)}::date AND days < ${KNOWN_ON_DAYS}::int
        AND day > (SELECT min(day) FROM counted WHERE days = ${KNOWN_ON_DAYS}::int - 1)
      ORDER BY day, address LIMIT 1
    )
    SELECT address, day FROM candidate
    WHERE (SELECT count(DISTINCT seen.address) FROM seen WHERE seen.day < candidate.day) <= ${addressesMax}::int`;
  if (!found) return null;
  const { address, day } = found;
  const call = await reader().activity.findFirst({
    where: {
      workspaceId,
      keyId,
      address,
      id: { gte: firstUuidAt(day), lt: firstUuidAt(later(day, DAY_MS)) },
    },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return call && { at: timeOfUuid(call.id), address };
}
