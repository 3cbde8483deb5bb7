import { KNOWN_WITHIN_DAYS } from "@/lib/access/activity/limits";
import { knownCallers } from "@/lib/access/activity/reading/callers/known-callers";
import { neighbourhoodOf } from "@/lib/platform/address-blocks";
import { reader } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";

/** A network with more callers than this is a cloud's: nobody there is told from others. */
const NEAR_MAX = 50;

/** A key of which an IP address is a known caller, and the calls from there that made it one. */
export type KnownCaller = { workspaceId: string; keyId: string; address: string; calls: number };

/**
 * The keys of which these IP addresses are known callers at `now`, whatever workspaces they belong to. Left out are keys
 * with more than `callersMax` known callers, and addresses from whose network several workspaces, or more than 50
 * programs, were called in the last 90 days. One statement for all addresses, which reads a bounded number of rows for
 * each.
 */
export async function keysOfKnownCallers(
  addresses: readonly string[],
  { callersMax }: { callersMax: number },
  now: Date,
): Promise<KnownCaller[]> {
  if (addresses.length === 0) return [];
  // More counts than a key has that calls from few IP addresses on every day.
  const countsMax = callersMax * KNOWN_WITHIN_DAYS + 1;
  return await reader().$queryRaw<KnownCaller[]>`
    WITH caller AS MATERIALIZED (
      SELECT * FROM unnest(${addresses}::text[], ${addresses.map(neighbourhoodOf)}::text[]) AS caller (address, network)
    ), near AS MATERIALIZED (
      SELECT network, key_id, workspace_id FROM (SELECT DISTINCT network FROM caller) AS asked, LATERAL (
        SELECT key_id, workspace_id FROM activity_caller
        WHERE activity_caller.network = asked.network LIMIT ${NEAR_MAX + 1}
      ) AS called
    ), key AS (
      SELECT DISTINCT key_id, workspace_id FROM near JOIN (
        SELECT network FROM near GROUP BY network
        HAVING count(*) <= ${NEAR_MAX} AND min(workspace_id) = max(workspace_id)
      ) AS own USING (network)
    )
    SELECT workspace_id AS "workspaceId", key_id AS "keyId", address, calls FROM key, LATERAL (
      SELECT address, calls, count(*) OVER () AS callers
      FROM (${knownCallers(Prisma.sql`key.key_id`, now, countsMax)}) AS counted
    ) AS known JOIN caller USING (address)
    WHERE callers <= ${callersMax}`;
}
