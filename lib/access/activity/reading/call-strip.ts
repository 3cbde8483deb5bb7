import { keysToLookAt } from "@/lib/access/activity/reading/visible-keys";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { HOUR_MS, later, startOf } from "@/lib/platform/clock";
import { reader } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";

const MAX_BARS = 96;
/** The lengths of time that one bar can show. */
const BAR_HOURS = [1, 2, 3, 6, 8, 12, 24];

/** The calls in one bar, from `from` (ISO 8601) on. `refused` are those answered with 4xx or 5xx. */
export type CallBar = { from: string; succeeded: number; refused: number };
/** The number of calls over time: at most 96 bars of `barMs`, oldest first. */
export type CallStrip = { barMs: number; bars: CallBar[] };

/** The filters that the hourly counts cannot answer. */
const UNCOUNTED = ["status", "method", "address", "path", "q"] as const;

/**
 * The calls in the query's time range (the last four days without one), of its key or of all keys the actor
 * may see, from the hourly counts. Null where another filter narrows the list: those are not counted apart.
 */
export async function callStrip(
  actor: MemberActor,
  query: ActivityQuery,
  now: Date,
): Promise<CallStrip | null> {
  if (UNCOUNTED.some((filter) => query[filter] !== undefined)) return null;
  const { from, to } = rangeOf(query, now);
  const barMs = barLength(to.getTime() - from.getTime());
  const first = Math.floor(from.getTime() / barMs);
  const bars = Array.from({ length: Math.floor(to.getTime() / barMs) - first + 1 }, (_, at) => ({
    from: new Date((first + at) * barMs).toISOString(),
    succeeded: 0,
    refused: 0,
  }));
  for (const { bar, succeeded, calls } of await countsByBar(actor, query.key, barMs, from, to)) {
    const counted = bars[bar - first];
    if (counted) counted[succeeded ? "succeeded" : "refused"] += calls;
  }
  return { barMs, bars };
}

function rangeOf({ from, to }: Pick<ActivityQuery, "from" | "to">, now: Date) {
  const end = to && to < now ? to : now;
  const start = from && from < end ? from : later(end, -(MAX_BARS - 1) * HOUR_MS);
  return { from: start, to: end };
}

/** The shortest bar with which `rangeMs` fits into 96 bars; beyond a day a whole number of days. */
function barLength(rangeMs: number): number {
  const hours = rangeMs / HOUR_MS;
  const fitting = BAR_HOURS.find((length) => hours / length <= MAX_BARS - 1);
  return (fitting ?? Math.ceil(hours / (MAX_BARS - 1) / 24) * 24) * HOUR_MS;
}

type BarCount = { bar: number; succeeded: boolean; calls: number };

async function countsByBar(
  actor: MemberActor,
  key: string | undefined,
  barMs: number,
  from: Date,
  to: Date,
): Promise<BarCount[]> {
  const keyIds = await keysToLookAt(actor, key);
  const keys = keyIds ? Prisma.sql`key_id = ANY(${keyIds}::text[])` : Prisma.sql`TRUE`;
  return await reader().$queryRaw<BarCount[]>`
    SELECT floor(extract(epoch FROM hour) * 1000 / ${barMs}::bigint)::int AS bar,
      outcome = 'succeeded' AS succeeded, sum(calls)::int AS calls
    FROM activity_hour
    WHERE workspace_id = ${actor.workspaceId} AND hour >= ${startOf(from, HOUR_MS)} AND hour <= ${to} AND ${keys}
    GROUP BY 1, 2`;
}
