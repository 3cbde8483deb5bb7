import { knownCallers } from "@/lib/access/activity/reading/callers/known-callers";
import { utcDay } from "@/lib/access/activity/reading/utc-day";
import type { CallCounts } from "@/lib/access/activity/recording/call-counts";
import { reader } from "@/lib/platform/database/unit-of-work";
import { firstUuidAt } from "@/lib/platform/ids";

/*
 * docs/decisions/before-values.md has the plan of this statement, as EXPLAIN ANALYZE showed it.
 */

/** The counts of calls, and of the people that they touched. `refused` calls were answered with 4xx or 5xx. */
export type CallSums = CallCounts & { calls: number; refused: number };

/**
 * The successful calls to one part of the API, such as `contacts`. `changes` is true for those that changed something.
 */
export type CallerKind = { area: string; changes: boolean; calls: number };

/** The calls of one caller of a key, by its IP address. */
export type CallerCalls = CallSums & {
  address: string;
  /** The days from its first call to the instant, at most 60; null for a caller that is not known. */
  knownDays: number | null;
  /** The program it called with most often. */
  userAgent: string;
  firstAt: Date;
  lastAt: Date;
  kinds: CallerKind[];
};

/** The calls of a key since an instant, told by caller. */
export type CallsByCaller = {
  totals: CallSums & { unknownCalls: number; callers: number; unknownCallers: number };
  /** The unknown ones first, then the busiest. */
  callers: CallerCalls[];
  /** The calls of each bar that had any, by its number since 1970. */
  bars: { bar: number; known: number; unknown: number }[];
  /** The time of the oldest call that was looked at, where there were more than could be; else null. */
  lookedBackTo: Date | null;
};

/** A key, the instant since which its calls count, and how they are told apart. */
type Question = {
  workspaceId: string;
  keyId: string;
  since: Date;
  /** The length of a bar. */
  barMs: number;
  /** The newest calls that are looked at, and the callers that are told apart. */
  callsMax: number;
  callersMax: number;
};

/** The calls of a key since an instant, by caller. A caller is known as it was at that instant. It reads each call once. */
export async function callsByCaller(question: Question): Promise<CallsByCaller> {
  const { looked, oldestMs, totals, callers, kinds, bars } = await readCalls(question);
  return {
    totals,
    callers: callers.map(({ firstMs, lastMs, ...caller }) => ({
      ...caller,
      firstAt: new Date(firstMs),
      lastAt: new Date(lastMs),
      kinds: kinds.filter(({ address }) => address === caller.address),
    })),
    bars,
    lookedBackTo: looked && looked > question.callsMax && oldestMs ? new Date(oldestMs) : null,
  };
}

type CallsRow = Pick<CallsByCaller, "totals" | "bars"> & {
  /** The number of rows that were looked at, and the time of the oldest of them; null for none. */
  looked: number | null;
  oldestMs: number | null;
  callers: (Omit<CallerCalls, "firstAt" | "lastAt" | "kinds"> & {
    firstMs: number;
    lastMs: number;
  })[];
  kinds: (CallerKind & { address: string })[];
};

async function readCalls({
  workspaceId,
  keyId,
  since,
  barMs,
  callsMax,
  callersMax,
}: Question): Promise<CallsRow> {
  const [row] = await reader().$queryRaw<CallsRow[]>`
    WITH called AS (
      SELECT address, user_agent, method NOT IN ('GET', 'HEAD') AS changes, route, status >= 400 AS refused,
             1 + repeats AS calls, contacts_read, contacts_changed, recipients,
             ('x' || encode(substr(uuid_send(id), 1, 6), 'hex'))::bit(48)::bigint AS at_ms
      FROM activity
      WHERE workspace_id = ${workspaceId} AND key_id = ${keyId} AND id >= ${firstUuidAt(since)}::uuid
      ORDER BY id DESC LIMIT ${callsMax + 1}
    ), grouped AS MATERIALIZED (
      SELECT address, user_agent, changes, route, refused, (at_ms / ${barMs}::bigint)::int AS bar, count(*) AS looked,
             sum(calls)::int AS calls, sum(contacts_read)::int AS contacts_read,
             sum(contacts_changed)::int AS contacts_changed, sum(recipients)::int AS recipients,
             min(at_ms) AS first_ms, max(at_ms) AS last_ms
      FROM called GROUP BY 1, 2, 3, 4, 5, 6
    ), known AS MATERIALIZED (
      SELECT address, ${utcDay(since)}::date - day AS days FROM (${knownCallers(keyId, since)}) AS callers
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
      SELECT * FROM callers ORDER BY "knownDays" IS NOT NULL, calls DESC, address LIMIT ${callersMax}
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
