import { canSeeKey } from "@/lib/access/activity/reading/visible-keys";
import { KNOWN_ON_DAYS, KNOWN_WITHIN_DAYS } from "@/lib/access/damage/terms/limits";
import { FEW_ADDRESSES } from "@/lib/access/findings/kind/limits";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, later } from "@/lib/platform/clock";
import { reader } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";

/**
 * The counts of a key by day and IP address that are looked at. A key that calls from 800 addresses every day has fewer.
 */
const ROWS_MAX = 50_000;

/**
 * SQL for the callers of a key that are known at an instant: its IP address was let in on at least two of the 60 UTC
 * days before. Each has its `address`, its first of these `day`s, and its `calls` on them.
 */
export function knownCallers(keyId: string, before: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT address, min(day) AS day, sum(calls)::int AS calls FROM (
      SELECT address, day, calls FROM activity_address_day
      WHERE key_id = ${keyId} AND let_in AND day < ${dayOf(before)}::date
        AND day >= ${dayOf(later(before, -KNOWN_WITHIN_DAYS * DAY_MS))}::date
      ORDER BY day DESC LIMIT ${ROWS_MAX}) AS counted
    GROUP BY address HAVING count(*) >= ${KNOWN_ON_DAYS}::int`;
}

/**
 * The IP addresses of the callers of a key that are known at an instant, the busiest first. Empty where there are more
 * than five: such a key runs in a cloud or in browsers, where a limit would break it. Empty where the actor may not see
 * the key's activity.
 */
export async function knownAddresses(
  actor: MemberActor,
  { keyId, before }: { keyId: string; before: Date },
): Promise<string[]> {
  if (!(await canSeeKey(actor, keyId))) return [];
  const rows = await reader().$queryRaw<{ address: string }[]>`
    SELECT address FROM (${knownCallers(keyId, before)}) AS known
    ORDER BY calls DESC, address LIMIT ${FEW_ADDRESSES + 1}`;
  return rows.length > FEW_ADDRESSES ? [] : rows.map(({ address }) => address);
}

/** The UTC day of an instant, as Postgres reads it. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
