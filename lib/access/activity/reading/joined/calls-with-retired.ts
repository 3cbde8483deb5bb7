import { reader } from "@/lib/platform/database/unit-of-work";

/**
 * The calls with secrets of a key that were retired, the last of them at `retiredAt`. `lastAt` is the start of the hour
 * of the last call.
 */
export type RetiredCalls = { keyId: string; retiredAt: Date; calls: number; lastAt: Date };

/**
 * The calls since `calledSince` that were refused, with secrets that were retired from `retiredSince` to `now`, of each
 * key. They count from the hour after the secret was retired, since it may have worked before.
 *
 * It reads the secrets of keys in the same statement: a key may have any number of them, and few are called. Another
 * engine would be asked for the refused calls by secret, and Postgres which of these secrets were retired.
 */
export async function callsWithRetired(
  keyIds: readonly string[],
  { retiredSince, calledSince }: { retiredSince: Date; calledSince: Date },
  now: Date,
): Promise<RetiredCalls[]> {
  return await reader().$queryRaw<RetiredCalls[]>`
    SELECT secret.key_id AS "keyId", max(retires_at) AS "retiredAt", sum(calls)::int AS calls, max(hour) AS "lastAt"
    FROM api_key_secret AS secret JOIN activity_hour
      ON activity_hour.key_id = secret.key_id AND activity_hour.secret_id = secret.id
    WHERE secret.key_id = ANY(${keyIds}::text[]) AND retires_at > ${retiredSince} AND retires_at <= ${now}
      AND hour >= ${calledSince} AND hour > retires_at AND outcome = 'refused'
    GROUP BY secret.key_id`;
}
