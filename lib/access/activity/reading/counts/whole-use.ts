import { reader } from "@/lib/platform/database/unit-of-work";
import { timeOfUuid } from "@/lib/platform/ids";

/** All the calls of a key that are kept, and the last of them. */
export type WholeUse = {
  keyId: string;
  calls: number;
  /** The number of hours that had calls. */
  hours: number;
  /** The time of the last call, and the call itself. */
  lastAt: Date;
  method: string;
  path: string;
  address: string;
  userAgent: string;
};

/**
 * The use of each key, whatever workspace it belongs to. Keys without a call are left out. One statement reads the
 * counts of each key and one row of its calls, so it is for keys that are hardly called.
 */
export async function wholeUse(
  keys: readonly { id: string; workspaceId: string }[],
): Promise<WholeUse[]> {
  if (keys.length === 0) return [];
  const rows = await reader().$queryRaw<(Omit<WholeUse, "lastAt"> & { lastId: string })[]>`
    SELECT wanted.id AS "keyId", counted.calls, counted.hours, latest.id AS "lastId", method, path, address,
      user_agent AS "userAgent"
    FROM unnest(${keys.map(({ id }) => id)}::text[], ${keys.map(({ workspaceId }) => workspaceId)}::text[])
      AS wanted (id, workspace_id)
    CROSS JOIN LATERAL (
      SELECT sum(calls)::int AS calls, count(DISTINCT hour)::int AS hours
      FROM activity_hour WHERE key_id = wanted.id HAVING sum(calls) > 0
    ) AS counted
    CROSS JOIN LATERAL (
      SELECT id, method, path, address, user_agent FROM activity
      WHERE workspace_id = wanted.workspace_id AND key_id = wanted.id ORDER BY id DESC LIMIT 1
    ) AS latest`;
  return rows.map(({ lastId, ...use }) => ({ ...use, lastAt: timeOfUuid(lastId) }));
}
