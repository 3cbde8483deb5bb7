import { canSeeKey } from "@/lib/access/activity/reading/visible-keys";
import { FEW_ADDRESSES } from "@/lib/access/findings/kind/limits";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, later } from "@/lib/platform/clock";
import { reader } from "@/lib/platform/database/unit-of-work";
import { firstUuidAt, timeOfUuid } from "@/lib/platform/ids";

/** The days before a leak whose callers count as known. */
const KNOWN_DAYS = 60;
/** A caller is known once it called on this many days, since one visit is no habit. */
const KNOWN_ON_DAYS = 2;
/** The rows of counts that are looked at. A key that calls from few addresses every day has fewer. */
const ROWS_MAX = 2_000;

/**
 * The IP addresses that a key was called from on at least two of the 60 days before `before`, the busiest first. Empty
 * where there are more than five: such a key runs in a cloud or in browsers, where a limit would break it.
 */
export async function knownAddresses(
  actor: MemberActor,
  { keyId, before }: { keyId: string; before: Date },
): Promise<string[]> {
  if (!(await canSeeKey(actor, keyId))) return [];
  const rows = await reader().$queryRaw<{ address: string }[]>`
    SELECT address FROM (
      SELECT day, address, calls FROM activity_address_day
      WHERE key_id = ${keyId} AND let_in AND day < ${dayOf(before)}::date
        AND day >= ${dayOf(later(before, -KNOWN_DAYS * DAY_MS))}::date
      ORDER BY day DESC LIMIT ${ROWS_MAX}
    ) AS counted
    GROUP BY address HAVING count(DISTINCT day) >= ${KNOWN_ON_DAYS}
    ORDER BY sum(calls) DESC, address LIMIT ${FEW_ADDRESSES + 1}`;
  return rows.length > FEW_ADDRESSES ? [] : rows.map(({ address }) => address);
}

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

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
