import { HOUR_MS, startOf } from "@/lib/platform/clock";
import { reader } from "@/lib/platform/database/unit-of-work";

/*
 * Each function is one statement for all its keys, and reads them by the primary key of the counts.
 */

/** An instant of a key from which on its calls count. */
export type KeySince = { keyId: string; since: Date };

/** The refused calls of a key. `lastAt` is the start of the hour of the last one. */
export type RefusedCalls = { keyId: string; calls: number; lastAt: Date };

/** The calls of each key that were refused with 4xx, from the hour that starts at its instant on. */
export async function refusedCalls(keys: readonly KeySince[]): Promise<RefusedCalls[]> {
  return await reader().$queryRaw<RefusedCalls[]>`
    SELECT key_id AS "keyId", sum(calls)::int AS calls, max(hour) AS "lastAt"
    FROM unnest(${keys.map(({ keyId }) => keyId)}::text[], ${keys.map(({ since }) => since)}::timestamptz[])
        AS ended (key_id, since)
      JOIN activity_hour USING (key_id)
    WHERE hour >= since AND outcome = 'refused'
    GROUP BY key_id`;
}

/** The calls with each secret since the hour of an instant, by the id of the secret. */
export async function callsWithSecrets(
  secrets: readonly (KeySince & { secretId: string })[],
): Promise<Map<string, number>> {
  if (secrets.length === 0) return new Map();
  const rows = await reader().$queryRaw<{ secretId: string; calls: number }[]>`
    SELECT secret_id AS "secretId", sum(calls)::int AS calls
    FROM unnest(${secrets.map(({ keyId }) => keyId)}::text[], ${secrets.map(({ secretId }) => secretId)}::text[],
        ${secrets.map(({ since }) => startOf(since, HOUR_MS))}::timestamptz[]) AS old (key_id, secret_id, since)
      JOIN activity_hour USING (key_id, secret_id)
    WHERE hour >= since GROUP BY secret_id`;
  return new Map(rows.map(({ secretId, calls }) => [secretId, calls]));
}
