// The calls that have become rows of activity.

/** All calls whose rows are stored. Each statement that stores rows adds them to their hour, so no row is read. */
export async function countStored(client) {
  const { rows } = await client.query("SELECT coalesce(sum(calls), 0) AS calls FROM activity_hour");
  return Number(rows[0].calls);
}
