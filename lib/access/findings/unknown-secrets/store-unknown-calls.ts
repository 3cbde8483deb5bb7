import {
  type KnownCaller,
  keysOfKnownCallers,
} from "@/lib/access/activity/reading/callers/keys-of-known-callers";
import { FEW_ADDRESSES } from "@/lib/access/findings/kind/limits";
import type { UnknownHour } from "@/lib/access/findings/unknown-secrets/unknown-calls";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";

/** The keys whose secrets begin alike. Among a million keys seldom two do. */
const ALIKE_MAX = 10;

/** Calls with secrets that no key has, by the caller's IP address and by the beginning of the secret. */
export type UnknownHours = {
  addresses: readonly UnknownHour[];
  beginnings: readonly UnknownHour[];
};

/** The IP addresses and the beginnings that are about a key. */
export type KeptNames = { addresses: ReadonlySet<string>; beginnings: ReadonlySet<string> };

/**
 * Stores the calls that are about a key, and returns their names. Of all others nothing is kept. The number of
 * statements is the same for any number of calls, and the rows that each reads are bounded.
 *
 * A call is about the key of which its caller is known, as long as that has few known callers and nobody but its own
 * workspace was called from the caller's network in the last 90 days. Of several keys it is about the one that works and
 * calls from there most: many tools may run on one server. It is also about the keys that have a secret of the same
 * environment and first four characters.
 */
export async function storeUnknownCalls(
  { addresses, beginnings }: UnknownHours,
  now: Date,
): Promise<KeptNames> {
  const names = [...new Set(addresses.map(({ name }) => name))];
  const known = await keysOfKnownCallers(names, { callersMax: FEW_ADDRESSES }, now);
  return await transact(async (tx) => ({
    addresses: await store(tx, addresses, byKnownCallers(known, now)),
    beginnings: await store(tx, beginnings, byBeginnings(now)),
  }));
}

/** `about` is SQL that reads the calls from `given`, and tells the key, the caller and the name of each. */
async function store(
  tx: Transaction,
  hours: readonly UnknownHour[],
  about: Prisma.Sql,
): Promise<ReadonlySet<string>> {
  if (hours.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ name: string }[]>`
    WITH given AS MATERIALIZED (
      SELECT * FROM unnest(${hours.map(({ name }) => name)}::text[], ${hours.map(({ hour }) => hour)}::timestamptz[],
        ${hours.map(({ calls }) => calls)}::int[], ${hours.map(({ secrets }) => secrets)}::int[],
        ${hours.map(({ lastAt }) => lastAt)}::timestamptz[]) AS call (name, hour, calls, secrets, last_at)
    ), about AS MATERIALIZED (${about}), stored AS (
      INSERT INTO unknown_secret_hour AS known (workspace_id, key_id, hour, caller, calls, secrets, last_at)
      SELECT min(workspace_id), key_id, hour, caller, sum(calls), sum(secrets), max(last_at)
      FROM about JOIN given USING (name) GROUP BY key_id, hour, caller ORDER BY key_id, hour, caller
      ON CONFLICT (key_id, hour, caller) DO UPDATE SET calls = known.calls + excluded.calls,
        secrets = GREATEST(known.secrets, excluded.secrets), last_at = GREATEST(known.last_at, excluded.last_at)
    )
    SELECT DISTINCT name FROM about`;
  return new Set(rows.map(({ name }) => name));
}

/** SQL of the key that each of these callers is about: of those that work, the one that it calls most with. */
function byKnownCallers(known: readonly KnownCaller[], now: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT DISTINCT ON (address) known.workspace_id, key_id, address AS caller, address AS name
    FROM unnest(${known.map(({ workspaceId }) => workspaceId)}::text[], ${known.map(({ keyId }) => keyId)}::text[],
      ${known.map(({ address }) => address)}::text[], ${known.map(({ calls }) => calls)}::int[])
      AS known (workspace_id, key_id, address, calls)
    JOIN api_key ON api_key.id = key_id
    WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ${now})
      AND paused_at IS NULL AND frozen_at IS NULL AND decoy_place IS NULL
    ORDER BY address, calls DESC, key_id`;
}

function byBeginnings(now: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT DISTINCT workspace_id, key_id, '' AS caller, name
    FROM (SELECT DISTINCT name FROM given) AS beginning, LATERAL (
      SELECT secret.workspace_id, key_id FROM api_key_secret AS secret JOIN api_key ON api_key.id = key_id
      WHERE first_four = split_part(beginning.name, '_', 2)
        AND environment = split_part(beginning.name, '_', 1)::"Environment"
        AND (retires_at IS NULL OR retires_at > ${now}) AND revoked_at IS NULL AND decoy_place IS NULL
      LIMIT ${ALIKE_MAX}
    ) AS alike`;
}
