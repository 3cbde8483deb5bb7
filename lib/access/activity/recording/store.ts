import { programOf } from "@/lib/access/activity/recording/program";
import type { RequestRecord } from "@/lib/access/activity/recording/record";
import type { UnrecognisedCount } from "@/lib/access/activity/recording/spool-line";
import { tellStored } from "@/lib/access/activity/watching/stored-calls";
import { neighbourhoodOf } from "@/lib/platform/address-blocks";
import { HOUR_MS, startOf } from "@/lib/platform/clock";
import { pool } from "@/lib/platform/database/pool";
import { timeOfUuid } from "@/lib/platform/ids";

/**
 * One statement, so one transaction and one round trip. It stores the rows. It adds the inserted rows, and the calls
 * that one of them stands for, to the hourly and daily counts and to the callers. It moves the last uses forward. A row
 * that is offered twice changes nothing. Counts are sorted, so that several processes lock them in the same order.
 */
const STORE = `
WITH kind AS MATERIALIZED (
  SELECT * FROM unnest(
    $1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[],
    $9::text[], $10::text[], $11::text[], $12::boolean[], $13::timestamptz[], $14::text[]
  ) AS row (kind, workspace_id, key_id, secret_id, environment, method, route, status,
    code, address, user_agent, authenticated, hour, scopes)
), given AS MATERIALIZED (
  SELECT * FROM unnest($15::uuid[], $16::int[], $17::text[], $18::int[], $19::int[], $20::int[], $21::int[],
    $22::int[], $23::int[], $24::int[])
    AS row (id, kind, path, duration_ms, bytes_in, bytes_out, repeats, contacts_read, contacts_changed, recipients)
), inserted AS (
  INSERT INTO activity (id, workspace_id, key_id, secret_id, environment, method, route, path, status,
    code, duration_ms, address, user_agent, bytes_in, bytes_out, repeats, contacts_read, contacts_changed, recipients)
  SELECT id, workspace_id, key_id, secret_id, environment::"Environment", method, route, path,
    status::smallint, code, duration_ms, address, user_agent, bytes_in, bytes_out, repeats,
    contacts_read, contacts_changed, recipients
  FROM given JOIN kind USING (kind)
  ON CONFLICT DO NOTHING
  RETURNING id
), fresh AS MATERIALIZED (
  SELECT id, kind, duration_ms, 1 + repeats AS calls, contacts_read, contacts_changed, recipients
  FROM given JOIN inserted USING (id)
), counted AS MATERIALIZED (
  SELECT workspace_id, key_id, secret_id, method, route, scopes, address, status, code, authenticated AS let_in, hour,
    (hour AT TIME ZONE 'UTC')::date AS day, calls, total_duration_ms,
    contacts_read, contacts_changed, recipients
  FROM (SELECT kind, sum(calls) AS calls, sum(calls::bigint * duration_ms) AS total_duration_ms,
      sum(contacts_read) AS contacts_read, sum(contacts_changed) AS contacts_changed, sum(recipients) AS recipients
    FROM fresh GROUP BY kind) AS sums JOIN kind USING (kind)
), hours AS (
  INSERT INTO activity_hour (workspace_id, key_id, hour, secret_id, outcome, calls, total_duration_ms,
    contacts_read, contacts_changed, recipients)
  SELECT min(workspace_id), key_id, hour, secret_id, outcome, sum(calls), sum(total_duration_ms),
    sum(contacts_read), sum(contacts_changed), sum(recipients)
  FROM counted, LATERAL (SELECT CASE WHEN status < 400 THEN 'succeeded'
    WHEN status < 500 THEN 'refused' ELSE 'failed' END AS outcome) AS judged
  GROUP BY key_id, hour, secret_id, outcome
  ORDER BY key_id, hour, secret_id, outcome
  ON CONFLICT (key_id, hour, secret_id, outcome) DO UPDATE SET
    calls = activity_hour.calls + excluded.calls,
    total_duration_ms = activity_hour.total_duration_ms + excluded.total_duration_ms,
    contacts_read = activity_hour.contacts_read + excluded.contacts_read,
    contacts_changed = activity_hour.contacts_changed + excluded.contacts_changed,
    recipients = activity_hour.recipients + excluded.recipients
), routes AS (
  INSERT INTO activity_route_day (workspace_id, key_id, day, method, route, scopes, calls)
  SELECT min(workspace_id), key_id, day, method, route, string_to_array(min(scopes), ' '), sum(calls)
  FROM counted WHERE let_in AND scopes <> '' AND status NOT IN (403, 429)
  GROUP BY key_id, day, method, route ORDER BY key_id, day, method, route
  ON CONFLICT (key_id, day, method, route) DO UPDATE SET calls = activity_route_day.calls + excluded.calls
), addresses AS (
  INSERT INTO activity_address_day (workspace_id, key_id, day, let_in, address, calls)
  SELECT min(workspace_id), key_id, day, let_in, address, sum(calls)
  FROM counted GROUP BY key_id, let_in, day, address ORDER BY key_id, let_in, day, address
  ON CONFLICT (key_id, let_in, day, address) DO UPDATE SET calls = activity_address_day.calls + excluded.calls
), route_hours AS (
  INSERT INTO activity_route_hour (workspace_id, key_id, hour, method, route, calls, refused, not_found, in_url,
    contacts_read)
  SELECT min(workspace_id), key_id, hour, shown.method, shown.route, sum(calls),
    coalesce(sum(calls) FILTER (WHERE status IN (401, 403)), 0), coalesce(sum(calls) FILTER (WHERE status = 404), 0),
    coalesce(sum(calls) FILTER (WHERE code = 'key_in_url'), 0), sum(contacts_read)
  FROM counted, LATERAL (SELECT CASE WHEN scopes = '' THEN '' ELSE counted.method END AS method,
    CASE WHEN scopes = '' THEN '' ELSE counted.route END AS route) AS shown
  GROUP BY key_id, hour, shown.method, shown.route ORDER BY key_id, hour, shown.method, shown.route
  ON CONFLICT (key_id, hour, method, route) DO UPDATE SET
    calls = activity_route_hour.calls + excluded.calls,
    refused = activity_route_hour.refused + excluded.refused,
    not_found = activity_route_hour.not_found + excluded.not_found,
    in_url = activity_route_hour.in_url + excluded.in_url,
    contacts_read = activity_route_hour.contacts_read + excluded.contacts_read
), callers AS (
  INSERT INTO activity_caller AS known (workspace_id, key_id, network, program, address, first_at, last_day)
  SELECT DISTINCT ON (key_id, network, program) workspace_id, key_id, network, program, address,
    'epoch'::timestamptz + ('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint
      * interval '1 millisecond', (hour AT TIME ZONE 'UTC')::date
  FROM (SELECT DISTINCT ON (kind) kind, id FROM fresh ORDER BY kind, id) AS first
    JOIN kind USING (kind) JOIN unnest($1::int[], $28::text[], $29::text[]) AS caller (kind, network, program) USING (kind)
  WHERE authenticated AND NOT EXISTS (SELECT FROM activity_caller AS today WHERE today.key_id = kind.key_id
    AND today.network = caller.network AND today.program = caller.program
    AND today.last_day >= (hour AT TIME ZONE 'UTC')::date)
  ORDER BY key_id, network, program, id
  ON CONFLICT (key_id, network, program) DO UPDATE SET last_day = GREATEST(known.last_day, excluded.last_day)
), latest AS MATERIALIZED (
  SELECT DISTINCT ON (secret_id) secret_id, key_id, workspace_id, address, user_agent,
    'epoch'::timestamptz + ('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint
      * interval '1 millisecond' AS at
  FROM (SELECT DISTINCT ON (kind) kind, id FROM fresh ORDER BY kind, id DESC) AS last
    JOIN kind USING (kind)
  WHERE authenticated ORDER BY secret_id, id DESC
), secrets AS (
  UPDATE api_key_secret SET last_used_at = latest.at, last_used_address = latest.address,
    last_used_agent = latest.user_agent
  FROM latest
  WHERE api_key_secret.id = latest.secret_id AND api_key_secret.workspace_id = latest.workspace_id
    AND (api_key_secret.last_used_at IS NULL OR api_key_secret.last_used_at < latest.at)
), keys AS (
  UPDATE api_key SET last_used_at = latest.at
  FROM (SELECT key_id, workspace_id, max(at) AS at FROM latest GROUP BY key_id, workspace_id) AS latest
  WHERE api_key.id = latest.key_id AND api_key.workspace_id = latest.workspace_id
    AND (api_key.last_used_at IS NULL OR api_key.last_used_at < latest.at)
), unrecognised AS (
  INSERT INTO unrecognised_calls (hour, code, calls)
  SELECT hour, code, sum(calls) FROM unnest($25::timestamptz[], $26::text[], $27::int[])
    AS count (hour, code, calls)
  GROUP BY hour, code ORDER BY hour, code
  ON CONFLICT (hour, code) DO UPDATE SET calls = unrecognised_calls.calls + excluded.calls
)
SELECT count(*)::int AS stored FROM inserted`;

/**
 * Stores calls and counts together or not at all, and skips rows whose id is stored already. Returns the
 * number of new rows.
 */
export async function storeBatch(
  records: readonly RequestRecord[],
  counts: readonly UnrecognisedCount[],
): Promise<number> {
  const { kinds, columns } = columnsOf(records);
  const { rows } = await pool().query<{ stored: number }>(STORE, [
    ...columns,
    counts.map((count) => count.hour),
    counts.map((count) => count.code),
    counts.map((count) => count.calls),
    kinds.map(({ address }) => neighbourhoodOf(address)),
    kinds.map(({ userAgent }) => programOf(userAgent)),
  ]);
  const stored = rows[0]?.stored ?? 0;
  if (stored > 0) tellStored(new Set(kinds.map(({ workspaceId }) => workspaceId)));
  return stored;
}

/**
 * Most calls of a batch differ in little but their id. The values they share are sent once, as a kind, and
 * each call names its kind by number: sending whole rows took a third of the time of storing them.
 */
function columnsOf(records: readonly RequestRecord[]): {
  kinds: readonly RequestRecord[];
  columns: unknown[][];
} {
  const calls = [...new Map(records.map((record) => [record.id, record])).values()];
  const { kinds, kindOf } = kindsOf(calls);
  const columns = [
    kinds.map((_, number) => number),
    kinds.map(({ workspaceId }) => workspaceId),
    kinds.map(({ keyId }) => keyId),
    kinds.map(({ secretId }) => secretId),
    kinds.map(({ environment }) => environment),
    kinds.map(({ method }) => method),
    kinds.map(({ route }) => route),
    kinds.map(({ status }) => status),
    kinds.map(({ code }) => code),
    kinds.map(({ address }) => address),
    kinds.map(({ userAgent }) => userAgent),
    kinds.map(({ authenticated }) => authenticated),
    kinds.map(hourOf),
    kinds.map(({ scopes }) => scopes.join(" ")),
    calls.map(({ id }) => id),
    kindOf,
    calls.map(({ path }) => path),
    calls.map(({ durationMs }) => durationMs),
    calls.map(({ bytesIn }) => bytesIn),
    calls.map(({ bytesOut }) => bytesOut),
    calls.map(({ repeats }) => repeats),
    calls.map(({ contactsRead }) => contactsRead),
    calls.map(({ contactsChanged }) => contactsChanged),
    calls.map(({ recipients }) => recipients),
  ];
  return { kinds, columns };
}

/** One call of each kind, and for every call the number of its kind. */
function kindsOf(calls: readonly RequestRecord[]): { kinds: RequestRecord[]; kindOf: number[] } {
  const numbers = new Map<string, number>();
  const kinds: RequestRecord[] = [];
  const kindOf = calls.map((call) => {
    const name = kindName(call);
    const number = numbers.get(name) ?? kinds.push(call) - 1;
    numbers.set(name, number);
    return number;
  });
  return { kinds, kindOf };
}

/** NUL separates the texts: the spool lets none through, so it stands in none of them. */
function kindName(call: RequestRecord): string {
  const { workspaceId, keyId, secretId, environment, method, route, code, address, userAgent } =
    call;
  const texts = `${workspaceId}\0${keyId}\0${secretId}\0${environment}\0${method}\0${route}\0${code}\0${address}`;
  return `${texts}\0${userAgent}\0${call.status}\0${call.authenticated}\0${hourOf(call).getTime()}`;
}

/** The start of the UTC hour in which a call was made. */
function hourOf({ id }: RequestRecord): Date {
  return startOf(timeOfUuid(id), HOUR_MS);
}
