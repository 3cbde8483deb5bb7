import { KNOWN_ON_DAYS, KNOWN_WITHIN_DAYS } from "@/lib/access/activity/limits";
import { dayOf } from "@/lib/access/activity/reading/known-callers";
import { canSeeKey } from "@/lib/access/activity/reading/visible-keys";
import { PROPOSED_WITHIN_DAYS } from "@/lib/access/damage/terms/limits";
import { FEW_ADDRESSES } from "@/lib/access/findings/kind/limits";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, later, startOf } from "@/lib/platform/clock";
import { reader } from "@/lib/platform/database/unit-of-work";
import { firstUuidAt, timeOfUuid } from "@/lib/platform/ids";

/** The instant from which a key's deeds are looked at, and the reason for it. */
export type ProposedSince = {
  at: Date;
  why: "unknown_caller" | "reported" | "last_day";
  /** The IP address of the first unusual call. */
  address: string | null;
};

/** Counts of a key by day and IP address that are looked at. */
const ROWS_MAX = 30_000;

/**
 * Proposes the instant since which a key may have been in the wrong hands. That is the first call of the last 14 days
 * by a caller that was not known then; else the first report that it leaked; else a day ago. A key that calls from more
 * than five addresses, or that no known caller used before, has no habit that a call could break. Null where the actor
 * may not see the key's activity.
 */
export async function proposeSince(
  actor: MemberActor,
  { keyId }: { keyId: string },
  now: Date,
): Promise<ProposedSince | null> {
  if (!(await canSeeKey(actor, keyId))) return null;
  return (
    (await firstByUnknown(actor.workspaceId, keyId, now)) ??
    (await firstReport(actor.workspaceId, keyId, now)) ?? {
      at: later(now, -DAY_MS),
      why: "last_day",
      address: null,
    }
  );
}

/** By the same rule as `knownCallers`, at each day of the last 14. */
async function firstByUnknown(
  workspaceId: string,
  keyId: string,
  now: Date,
): Promise<ProposedSince | null> {
  const today = startOf(now, DAY_MS);
  const first = later(today, -(PROPOSED_WITHIN_DAYS - 1) * DAY_MS);
  const earliest = later(first, -KNOWN_WITHIN_DAYS * DAY_MS);
  const [found] = await reader().$queryRaw<{ address: string; day: Date }[]>`
    WITH seen AS MATERIALIZED (
      SELECT day, address FROM activity_address_day
      WHERE key_id = ${keyId} AND let_in AND day >= ${dayOf(earliest)}::date
      ORDER BY day DESC LIMIT ${ROWS_MAX}
    ), counted AS MATERIALIZED (
      SELECT day, address, count(*) OVER (PARTITION BY address ORDER BY day
        RANGE BETWEEN ${KNOWN_WITHIN_DAYS}::int * interval '1 day' PRECEDING AND interval '1 day' PRECEDING) AS days
      FROM seen
    ), candidate AS (
      SELECT address, day FROM counted
      WHERE day >= ${dayOf(first)}::date AND days < ${KNOWN_ON_DAYS}::int
        AND day > (SELECT min(day) FROM counted WHERE days = ${KNOWN_ON_DAYS}::int - 1)
      ORDER BY day, address LIMIT 1
    )
    SELECT address, day FROM candidate
    WHERE (SELECT count(DISTINCT seen.address) FROM seen WHERE seen.day < candidate.day) <= ${FEW_ADDRESSES}::int`;
  if (!found) return null;
  const { address, day } = found;
  const call = await reader().activity.findFirst({
    where: {
      workspaceId,
      keyId,
      address,
      id: { gte: firstUuidAt(day), lt: firstUuidAt(later(day, DAY_MS)) },
    },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return call ? { at: timeOfUuid(call.id), why: "unknown_caller", address } : null;
}

async function firstReport(
  workspaceId: string,
  keyId: string,
  now: Date,
): Promise<ProposedSince | null> {
  const leak = await reader().leak.findFirst({
    where: { workspaceId, keyId, reportedAt: { gte: later(now, -PROPOSED_WITHIN_DAYS * DAY_MS) } },
    orderBy: { reportedAt: "asc" },
    select: { reportedAt: true },
  });
  return leak && { at: leak.reportedAt, why: "reported", address: null };
}
