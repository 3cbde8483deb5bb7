import type { DecoyUse } from "@/lib/access/findings/kind/facts";
import { reader } from "@/lib/platform/database/unit-of-work";
import { timeOfUuid } from "@/lib/platform/ids";

type Decoy = { id: string; workspaceId: string };
type Row = Omit<DecoyUse, "lastAt"> & { keyId: string; lastId: string };

/**
 * The use of each decoy: its calls, the hours in which they came, and the last call. One statement reads the counts of
 * each decoy and one row of its calls.
 */
export async function decoyUseOf(decoys: readonly Decoy[]): Promise<Map<string, DecoyUse>> {
  if (decoys.length === 0) return new Map();
  const rows = await reader().$queryRaw<Row[]>`
    SELECT decoy.id AS "keyId", counted.calls, counted.hours, latest.id AS "lastId", method, path, address,
      user_agent AS "userAgent"
    FROM unnest(${decoys.map(({ id }) => id)}::text[], ${decoys.map(({ workspaceId }) => workspaceId)}::text[])
      AS decoy (id, workspace_id)
    CROSS JOIN LATERAL (
      SELECT sum(calls)::int AS calls, count(DISTINCT hour)::int AS hours
      FROM activity_hour WHERE key_id = decoy.id HAVING sum(calls) > 0
    ) AS counted
    CROSS JOIN LATERAL (
      SELECT id, method, path, address, user_agent FROM activity
      WHERE workspace_id = decoy.workspace_id AND key_id = decoy.id ORDER BY id DESC LIMIT 1
    ) AS latest`;
  return new Map(
    rows.map(({ keyId, lastId, ...use }) => [keyId, { ...use, lastAt: timeOfUuid(lastId) }]),
  );
}
