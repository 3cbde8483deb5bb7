import type { RequestRecord } from "@/lib/activity/record";
import type { UnrecognisedCount } from "@/lib/activity/spool-line";
import { pool } from "@/lib/db";
import { timeOfUuid } from "@/lib/ids";

/**
 * One statement, so one transaction and one round trip: the rows, the hourly counts of what was really
 * inserted, and the last uses, which never move backwards. A row offered twice changes nothing. Sorted
 * where several processes could otherwise lock the same counts in different orders.
 */
const STORE = `
WITH given AS MATERIALIZED (
  SELECT * FROM unnest(
    $1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::int[], $10::text[], $11::int[], $12::text[], $13::text[], $14::int[], $15::int[],
    $16::boolean[], $17::timestamptz[], $18::timestamptz[]
  ) AS row (id, workspace_id, key_id, secret_id, environment, method, route, path, status, code,
    duration_ms, address, user_agent, bytes_in, bytes_out, authenticated, at, hour)
), inserted AS (
  INSERT INTO activity (id, workspace_id, key_id, secret_id, environment, method, route, path, status,
    code, duration_ms, address, user_agent, bytes_in, bytes_out)
  SELECT id, workspace_id, key_id, secret_id, environment::"Environment", method, route, path,
    status::smallint, code, duration_ms, address, user_agent, bytes_in, bytes_out
  FROM given
  ON CONFLICT DO NOTHING
  RETURNING id
), fresh AS MATERIALIZED (
  SELECT DISTINCT ON (id) given.* FROM given JOIN inserted USING (id)
), hours AS (
  INSERT INTO activity_hour (workspace_id, key_id, hour, secret_id, outcome, calls, total_duration_ms)
  SELECT min(workspace_id), key_id, hour, secret_id, outcome, count(*), sum(duration_ms)
  FROM fresh, LATERAL (SELECT CASE WHEN status < 400 THEN 'succeeded' WHEN status < 500 THEN 'refused'
    ELSE 'failed' END AS outcome) AS judged
  GROUP BY key_id, hour, secret_id, outcome
  ORDER BY key_id, hour, secret_id, outcome
  ON CONFLICT (key_id, hour, secret_id, outcome) DO UPDATE SET
    calls = activity_hour.calls + excluded.calls,
    total_duration_ms = activity_hour.total_duration_ms + excluded.total_duration_ms
), secrets AS (
  UPDATE api_key_secret SET last_used_at = latest.at, last_used_address = latest.address,
    last_used_agent = latest.user_agent
  FROM (SELECT DISTINCT ON (secret_id) secret_id, workspace_id, at, address, user_agent FROM fresh
    WHERE authenticated ORDER BY secret_id, id DESC) AS latest
  WHERE api_key_secret.id = latest.secret_id AND api_key_secret.workspace_id = latest.workspace_id
    AND (api_key_secret.last_used_at IS NULL OR api_key_secret.last_used_at < latest.at)
), keys AS (
  UPDATE api_key SET last_used_at = latest.at
  FROM (SELECT key_id, workspace_id, max(at) AS at FROM fresh WHERE authenticated
    GROUP BY key_id, workspace_id) AS latest
  WHERE api_key.id = latest.key_id AND api_key.workspace_id = latest.workspace_id
    AND (api_key.last_used_at IS NULL OR api_key.last_used_at < latest.at)
), unrecognised AS (
  INSERT INTO unrecognised_calls (hour, code, calls)
  SELECT hour, code, sum(calls) FROM unnest($19::timestamptz[], $20::text[], $21::int[])
    AS count (hour, code, calls)
  GROUP BY hour, code ORDER BY hour, code
  ON CONFLICT (hour, code) DO UPDATE SET calls = unrecognised_calls.calls + excluded.calls
)
SELECT count(*)::int AS stored FROM inserted`;

/**
 * Stores calls and counts together or not at all. Rows whose id is already there are passed over.
 * Returns how many rows were new.
 */
export async function storeBatch(
  records: readonly RequestRecord[],
  counts: readonly UnrecognisedCount[],
): Promise<number> {
  const { rows } = await pool().query<{ stored: number }>(STORE, [
    ...columnsOf(records),
    counts.map((count) => count.hour),
    counts.map((count) => count.code),
    counts.map((count) => count.calls),
  ]);
  return rows[0]?.stored ?? 0;
}

function columnsOf(records: readonly RequestRecord[]): unknown[][] {
  // As text: of a Date the driver asks each part in the local time zone, twice a call.
  const times = records.map((record) => timeOfUuid(record.id).toISOString());
  return [
    records.map((record) => record.id),
    records.map((record) => record.workspaceId),
    records.map((record) => record.keyId),
    records.map((record) => record.secretId),
    records.map((record) => record.environment),
    records.map((record) => record.method),
    records.map((record) => record.route),
    records.map((record) => record.path),
    records.map((record) => record.status),
    records.map((record) => record.code),
    records.map((record) => record.durationMs),
    records.map((record) => record.address),
    records.map((record) => record.userAgent),
    records.map((record) => record.bytesIn),
    records.map((record) => record.bytesOut),
    records.map((record) => record.authenticated),
    times,
    times.map(startOfHour),
  ];
}

/** The UTC hour that an ISO 8601 instant lies in. */
function startOfHour(at: string): string {
  return `${at.slice(0, 13)}:00:00Z`;
}
