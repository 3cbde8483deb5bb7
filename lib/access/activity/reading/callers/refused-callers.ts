import { canSeeKey } from "@/lib/access/activity/reading/visible-keys";
import type { MemberActor } from "@/lib/people/auth/actor";
import { reader } from "@/lib/platform/database/unit-of-work";
import { firstUuidAt, timeOfUuid } from "@/lib/platform/ids";

/** A program that still calls with a stopped key. */
export type RefusedCaller = { address: string; userAgent: string; calls: number; lastAt: Date };

/** The newest refused calls that callers are taken from, and the callers that are shown. */
const REFUSED_OF = 20_000;
const CALLERS_MAX = 20;

/**
 * The programs that were refused with a key since `since`, the latest first: at most 20, of the newest 20,000 calls.
 */
export async function refusedSince(
  actor: MemberActor,
  { keyId, since }: { keyId: string; since: Date },
): Promise<RefusedCaller[]> {
  if (!(await canSeeKey(actor, keyId))) return [];
  const callers = await reader().$queryRaw<(Omit<RefusedCaller, "lastAt"> & { lastId: string })[]>`
    SELECT address, user_agent AS "userAgent", sum(1 + repeats)::int AS calls, max(id::text) AS "lastId"
    FROM (SELECT id, address, user_agent, status, repeats FROM activity
      WHERE workspace_id = ${actor.workspaceId} AND key_id = ${keyId}
        AND id >= ${firstUuidAt(since)}::uuid
      ORDER BY id DESC LIMIT ${REFUSED_OF}) AS recent
    WHERE status = 401
    GROUP BY 1, 2 ORDER BY 4 DESC LIMIT ${CALLERS_MAX}`;
  return callers.map(({ lastId, ...caller }) => ({ ...caller, lastAt: timeOfUuid(lastId) }));
}
