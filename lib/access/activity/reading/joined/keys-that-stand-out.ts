import { HOUR_MS, startOf } from "@/lib/platform/clock";
import { reader } from "@/lib/platform/database/unit-of-work";

/** A count of an hour stands out from `least` on, and where it is `timesTop` times the busiest hour of the key's habit. */
type Limit = { least: number; timesTop: number };

/** The limits of the counts of one hour. Refused calls are held against no habit. */
export type HourLimits = {
  calls: Limit;
  contactsRead: Limit;
  refused: Pick<Limit, "least">;
  notFound: Limit;
};

/**
 * The keys that stand out since `since`, whatever workspaces they belong to, at most `keysMax` of them: those whose
 * counts of an hour are beyond these limits, those that were sent in a URL, and those that a new caller calls with.
 *
 * It reads the habits of keys in the same statement. Every 15 seconds it looks at the keys that called in this hour, and
 * only what stands out leaves the database. Another engine would name the busy keys, and their habits would be asked of
 * Postgres by a second statement.
 */
export async function keysThatStandOut(
  { calls, contactsRead, refused, notFound }: HourLimits,
  { since, keysMax }: { since: Date; keysMax: number },
): Promise<string[]> {
  const rows = await reader().$queryRaw<{ keyId: string }[]>`
    WITH busy AS MATERIALIZED (
      SELECT key_id, sum(calls) AS calls, sum(refused) AS refused, sum(not_found) AS not_found, sum(in_url) AS in_url,
        sum(contacts_read) AS contacts_read
      FROM activity_route_hour WHERE hour >= ${startOf(since, HOUR_MS)}
      GROUP BY key_id
      HAVING sum(calls) >= ${calls.least} OR sum(contacts_read) >= ${contactsRead.least}
        OR sum(refused) >= ${refused.least} OR sum(not_found) >= ${notFound.least} OR sum(in_url) > 0
    )
    SELECT key_id AS "keyId" FROM busy JOIN key_habit USING (key_id)
    WHERE refused >= ${refused.least}
      OR calls >= GREATEST(${calls.least}, ${calls.timesTop} * (habit #>> '{calls,top}')::numeric)
      OR contacts_read >= GREATEST(${contactsRead.least}, ${contactsRead.timesTop} * (habit #>> '{contactsRead,top}')::numeric)
      OR not_found >= GREATEST(${notFound.least}, ${notFound.timesTop} * (habit ->> 'notFoundTop')::numeric)
    UNION SELECT key_id FROM busy WHERE in_url > 0
    UNION SELECT key_id FROM activity_caller WHERE first_at >= ${since}
    LIMIT ${keysMax}`;
  return rows.map(({ keyId }) => keyId);
}
