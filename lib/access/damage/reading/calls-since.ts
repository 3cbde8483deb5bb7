import { dayOf, knownCallers } from "@/lib/access/activity/reading/known-callers";
import { canSeeKey } from "@/lib/access/activity/reading/visible-keys";
import type { CallCounts } from "@/lib/access/activity/recording/call-counts";
import { CALLERS_MAX, CALLS_MAX } from "@/lib/access/damage/terms/limits";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, MINUTE_MS } from "@/lib/platform/clock";
import { reader } from "@/lib/platform/database/unit-of-work";
import { firstUuidAt } from "@/lib/platform/ids";

/*
 * docs/decisions/before-values.md has the plans of these statements, as EXPLAIN ANALYZE showed them.
 */

/** The counts of calls, and of the people that they touched. `refused` calls were answered with 4xx or 5xx. */
type CallSums = CallCounts & { calls: number; refused: number };

/**
 * The successful calls to one part of the API, such as `contacts`. `changes` is true for those that changed something.
 */
export type CallerKind = { area: string; changes: boolean; calls: number };

/** A caller of a key since an instant, by its IP address. */
export type DamageCaller = CallSums & {
  address: string;
  /** The days from its first call to the instant, at most 60; null for a caller that is not known. */
  knownDays: number | null;
  /** The program it called with most often. */
  userAgent: string;
  firstAt: Date;
  lastAt: Date;
  kinds: CallerKind[];
};

/** The calls of one bar of the chart, which starts at `from` (ISO 8601). */
export type DamageBar = { from: string; known: number; unknown: number };

/** The calls of a key since an instant, and what they changed. */
export type CallsSince = {
  totals: CallSums & { unknownCalls: number };
  /** At most 50, the unknown ones first, then the busiest. */
  callers: DamageCaller[];
  /** The number of callers, and the number of those that are not known. */
  callerCount: number;
  unknownCount: number;
  bars: DamageBar[];
  barMs: number;
  /** The time of the oldest call that was looked at, where there were more than could be; else null. */
  lookedBackTo: Date | null;
};

const BARS_MAX = 60;
/** The lengths of time that one bar can show. */
const BAR_MINUTES = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720];

/**
 * The calls of a key since an instant, told by caller, from its newest 50,000 calls. Null where the actor may not see
 * the key's activity.
 */
export async function callsSince(
  actor: MemberActor,
  { keyId, since }: { keyId: string; since: Date },
  now: Date,
): Promise<CallsSince | null> {
  if (!(await canSeeKey(actor, keyId))) return null;
  const barMs = barLength(now.getTime() - since.getTime());
  const row = await readCalls(actor.workspaceId, { keyId, since, barMs });
  const { looked, oldestMs, totals, callers, kinds, bars } = row;
  return {
    totals,
    callers: callers.map(({ firstMs, lastMs, ...caller }) => ({
      ...caller,
      firstAt: new Date(firstMs),
      lastAt: new Date(lastMs),
      kinds: kinds.filter(({ address }) => address === caller.address),
    })),
    callerCount: totals.callers,
    unknownCount: totals.unknownCallers,
    bars: allBars(bars, { since, now, barMs }),
    barMs,
    lookedBackTo: looked && looked > CALLS_MAX && oldestMs ? new Date(oldestMs) : null,
  };
}

type CallerRow = Omit<DamageCaller, "firstAt" | "lastAt" | "kinds"> & {
  firstMs: number;
  lastMs: number;
};
type CallsRow = {
  /** The number of rows that were looked at, and the time of the oldest of them; null for none. */
  looked: number | null;
  oldestMs: number | null;
  totals: CallSums & { unknownCalls: number; callers: number; unknownCallers: number };
  callers: CallerRow[];
  kinds: (CallerKind & { address: string })[];
  bars: { bar: number; known: number; unknown: number }[];
};

async function readCalls(
  workspaceId: string,
  { keyId, since, barMs }: { keyId: string; since: Date; barMs: number },
): Promise<CallsRow> {
  const [row] = await reader().$queryRaw<CallsRow[]>`
    WITH called AS (
      SELECT address, user_agent, method NOT IN ('GET', 'HEAD') AS changes, route, status >= 400 AS refused,
             1 + repeats AS calls, contacts_read, contacts_changed, recipients,
             ('x' || encode(substr(uuid_send(id), 1, 6), 'hex'))::bit(48)::bigint AS at_ms
      FROM activity
      WHERE workspace_id = ${workspaceId} AND key_id = ${keyId} AND id >= ${firstUuidAt(since)}::uuid
      ORDER BY id DESC LIMIT ${CALLS_MAX + 1}
    ), grouped AS MATERIALIZED (
      SELECT address, user_agent, changes, route, refused, (at_ms / ${barMs}::bigint)::int AS bar, count(*) AS looked,
             sum(calls)::int AS calls, sum(contacts_read)::int AS contacts_read,
             sum(contacts_changed)::int AS contacts_changed, sum(recipients)::int AS recipients,
             min(at_ms) AS first_ms, max(at_ms) AS last_ms
      FROM called GROUP BY 1, 2, 3, 4, 5, 6
    ), known AS MATERIALIZED (
      SELECT address, ${dayOf(since)}::date - day AS days FROM (${knownCallers(keyId, since)}) AS callers
    ), programs AS (
      SELECT DISTINCT ON (address) address, user_agent
      FROM (SELECT address, user_agent, sum(calls) AS calls FROM grouped GROUP BY 1, 2) AS used
      ORDER BY address, calls DESC, user_agent
    ), callers AS MATERIALIZED (
      SELECT address, known.days AS "knownDays", programs.user_agent AS "userAgent", min(first_ms) AS "firstMs",
             max(last_ms) AS "lastMs", sum(calls)::int AS calls,
             COALESCE(sum(calls) FILTER (WHERE refused), 0)::int AS refused,
             sum(contacts_read)::int AS "contactsRead", sum(contacts_changed)::int AS "contactsChanged",
             sum(recipients)::int AS recipients
      FROM grouped JOIN programs USING (address) LEFT JOIN known USING (address)
      GROUP BY address, known.days, programs.user_agent
    ), shown AS (
      SELECT * FROM callers ORDER BY "knownDays" IS NOT NULL, calls DESC, address LIMIT ${CALLERS_MAX}
    ), kinds AS (
      SELECT address, split_part(route, '/', 2) AS area, changes, sum(grouped.calls)::int AS calls
      FROM grouped JOIN shown USING (address) WHERE NOT grouped.refused GROUP BY 1, 2, 3 ORDER BY 4 DESC, 2, 3
    ), bars AS (
      SELECT bar, COALESCE(sum(calls) FILTER (WHERE known.address IS NOT NULL), 0)::int AS known,
             COALESCE(sum(calls) FILTER (WHERE known.address IS NULL), 0)::int AS unknown
      FROM grouped LEFT JOIN known USING (address) GROUP BY 1
    ), totals AS (
      SELECT count(*)::int AS callers, count(*) FILTER (WHERE "knownDays" IS NULL)::int AS "unknownCallers",
             COALESCE(sum(calls), 0)::int AS calls, COALESCE(sum(refused), 0)::int AS refused,
             COALESCE(sum(calls) FILTER (WHERE "knownDays" IS NULL), 0)::int AS "unknownCalls",
             COALESCE(sum("contactsRead"), 0)::int AS "contactsRead",
             COALESCE(sum("contactsChanged"), 0)::int AS "contactsChanged",
             COALESCE(sum(recipients), 0)::int AS recipients
      FROM callers
    )
    SELECT (SELECT sum(looked)::int FROM grouped) AS looked, (SELECT min(first_ms)::float FROM grouped) AS "oldestMs",
           (SELECT to_jsonb(totals) FROM totals) AS totals,
           (SELECT COALESCE(jsonb_agg(shown), '[]') FROM shown) AS callers,
           (SELECT COALESCE(jsonb_agg(kinds), '[]') FROM kinds) AS kinds,
           (SELECT COALESCE(jsonb_agg(bars), '[]') FROM bars) AS bars`;
  if (!row) throw new Error("The calls of a key were not read.");
  return row;
}

/**
 * The shortest bar with which a range of time fits into 60 bars. A bar longer than half a day is a whole number of
 * days.
 */
function barLength(rangeMs: number): number {
  const minutes = rangeMs / MINUTE_MS;
  const fitting = BAR_MINUTES.find((length) => minutes / length <= BARS_MAX - 1);
  return fitting ? fitting * MINUTE_MS : Math.ceil(rangeMs / DAY_MS / (BARS_MAX - 1)) * DAY_MS;
}

type Range = { since: Date; now: Date; barMs: number };

function allBars(counted: CallsRow["bars"], { since, now, barMs }: Range): DamageBar[] {
  const first = Math.floor(since.getTime() / barMs);
  const byBar = new Map(counted.map((bar) => [bar.bar, bar]));
  const length = Math.max(1, Math.floor(now.getTime() / barMs) - first + 1);
  return Array.from({ length }, (_, at) => {
    const { known = 0, unknown = 0 } = byBar.get(first + at) ?? {};
    return { from: new Date((first + at) * barMs).toISOString(), known, unknown };
  });
}
