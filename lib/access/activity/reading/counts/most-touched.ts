import { reader } from "@/lib/platform/database/unit-of-work";

/** The most people that a key touched in one hour or on one UTC day. */
export type MostTouched = {
  contactsReadPerDay: number;
  recipientsPerHour: number;
  recipientsPerDay: number;
};

const NOBODY: MostTouched = { contactsReadPerDay: 0, recipientsPerHour: 0, recipientsPerDay: 0 };

/**
 * The most people that a key touched in one hour and on one UTC day, from the hour that starts at `since` on. It reads
 * the key's hours by the primary key of the counts.
 */
export async function mostTouched({
  keyId,
  since,
}: {
  keyId: string;
  since: Date;
}): Promise<MostTouched> {
  const [most] = await reader().$queryRaw<MostTouched[]>`
    WITH hours AS (
      SELECT hour, sum(contacts_read) AS contacts_read, sum(recipients) AS recipients FROM activity_hour
      WHERE key_id = ${keyId} AND hour >= ${since} GROUP BY hour
    ), days AS (
      SELECT sum(contacts_read) AS contacts_read, sum(recipients) AS recipients FROM hours
      GROUP BY (hour AT TIME ZONE 'UTC')::date
    )
    SELECT coalesce((SELECT max(contacts_read) FROM days), 0)::float8 AS "contactsReadPerDay",
      coalesce((SELECT max(recipients) FROM hours), 0)::float8 AS "recipientsPerHour",
      coalesce((SELECT max(recipients) FROM days), 0)::float8 AS "recipientsPerDay"`;
  return most ?? NOBODY;
}
