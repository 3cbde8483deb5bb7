import type { BarCount } from "@/lib/access/activity/reading/hourly-counts";
import { floorOfStep, perIndex, within } from "@/lib/access/activity/reading/search";
import type { SearchPlan } from "@/lib/access/activity/reading/search-plan";
import { reader } from "@/lib/platform/database/unit-of-work";
import { timeOfUuid } from "@/lib/platform/ids";
import { Prisma } from "@/prisma/generated/client";

/** The largest shares of each kind that are named. */
const SHARES = 5;

/** The calls that have one thing in common, and how many of them were refused or failed. */
export type Share<Common> = Common & { calls: number; problems: number };

/** The sums of the newest calls of a search. */
export type Sums = {
  calls: number;
  problems: number;
  /** The times that half of the calls, and 95 of 100, took at most. Null without a call. */
  typicalMs: number | null;
  slowMs: number | null;
  bars: BarCount[];
  keys: Share<{ keyId: string }>[];
  routes: Share<{ method: string; route: string }>[];
  reasons: Share<{ status: number; code: string | null }>[];
  callers: Share<{ address: string; userAgent: string }>[];
  /** The time of the oldest call that was looked at, where older ones were left out. */
  since: Date | null;
};

type Group = {
  kind: "all" | "bar" | "key" | "route" | "reason" | "caller";
  bar: number | null;
  succeeded: boolean | null;
  keyId: string;
  method: string;
  route: string;
  status: number;
  code: string | null;
  address: string;
  userAgent: string;
  calls: number;
  problems: number;
};

type Summed = { groups: Group[] | null; took: [number, number] | null };

/**
 * Sums up the newest 20,000 calls of `plan`, by bars of `barMs` and by what they have in common, in one statement
 * that reads each call once. Of many keys, each has its share of the 20,000.
 */
export async function sumUp(plan: SearchPlan, barMs: number): Promise<Sums> {
  const isEmpty = plan.keyIds?.length === 0;
  const floor = isEmpty ? null : await floorOfStep(plan, plan.upper);
  const { groups, took } = isEmpty ? NOTHING : await readSums(plan, floor ?? plan.lower, barMs);
  const of = (kind: Group["kind"]) => (groups ?? []).filter((group) => group.kind === kind);
  const [all] = of("all");
  return {
    calls: all?.calls ?? 0,
    problems: all?.problems ?? 0,
    typicalMs: took?.[0] ?? null,
    slowMs: took?.[1] ?? null,
    bars: of("bar").map(({ bar, succeeded, calls }) => ({
      bar: bar ?? 0,
      succeeded: succeeded ?? true,
      calls,
    })),
    keys: of("key"),
    routes: of("route"),
    reasons: of("reason"),
    callers: of("caller"),
    since: floor ? timeOfUuid(floor) : null,
  };
}

const NOTHING: Summed = { groups: null, took: null };

async function readSums(plan: SearchPlan, lower: string, barMs: number): Promise<Summed> {
  const newest = perIndex(
    plan,
    Prisma.sql`SELECT id, key_id, method, route, path, status, code, address, user_agent, duration_ms,
      1 + repeats AS calls FROM activity
      WHERE ${within(plan, lower, plan.upper)}`,
  );
  const [summed] = await reader().$queryRaw<Summed[]>`
    WITH looked AS (${newest}),
    matching AS MATERIALIZED (
      SELECT *, status < 400 AS succeeded,
        ('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint / ${barMs}::bigint AS bar
      FROM looked WHERE ${plan.unserved ?? Prisma.sql`TRUE`}
    ), grouped AS (
      SELECT CASE GROUPING(bar, key_id, route, code, address)
          WHEN 31 THEN 'all' WHEN 15 THEN 'bar' WHEN 23 THEN 'key' WHEN 27 THEN 'route' WHEN 29 THEN 'reason' ELSE 'caller'
        END AS kind,
        bar, succeeded, key_id, method, route, status, code, address, user_agent,
        sum(calls)::int AS calls, coalesce(sum(calls) FILTER (WHERE status >= 400), 0)::int AS problems
      FROM matching
      GROUP BY GROUPING SETS ((), (bar, succeeded), (key_id), (method, route), (status, code), (address, user_agent))
    ), ranked AS (
      SELECT *, row_number() OVER (PARTITION BY kind ORDER BY calls DESC, key_id, route, code, address) AS place
      FROM grouped WHERE kind <> 'reason' OR status >= 400
    )
    SELECT
      (SELECT json_agg(json_build_object('kind', kind, 'bar', bar, 'succeeded', succeeded, 'keyId', key_id,
          'method', method, 'route', route, 'status', status, 'code', code, 'address', address,
          'userAgent', user_agent, 'calls', calls, 'problems', problems) ORDER BY place)
        FROM ranked WHERE kind IN ('all', 'bar') OR place <= ${SHARES}) AS groups,
      (SELECT percentile_disc(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY duration_ms) FROM matching) AS took`;
  return summed ?? NOTHING;
}
