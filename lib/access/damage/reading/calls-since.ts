import {
  type CallerCalls,
  type CallSums,
  type CallsByCaller,
  callsByCaller,
} from "@/lib/access/activity/reading/callers/calls-by-caller";
import { canSeeKey } from "@/lib/access/activity/reading/visible-keys";
import { CALLERS_MAX, CALLS_MAX } from "@/lib/access/damage/terms/limits";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, MINUTE_MS } from "@/lib/platform/clock";

/** The calls of one bar of the chart, which starts at `from` (ISO 8601). */
export type DamageBar = { from: string; known: number; unknown: number };

/** The calls of a key since an instant, and what they changed. */
export type CallsSince = {
  totals: CallSums & { unknownCalls: number };
  /** At most 50, the unknown ones first, then the busiest. */
  callers: CallerCalls[];
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
  const { workspaceId } = actor;
  const barMs = barLength(now.getTime() - since.getTime());
  const { totals, callers, bars, lookedBackTo } = await callsByCaller({
    workspaceId,
    keyId,
    since,
    barMs,
    callsMax: CALLS_MAX,
    callersMax: CALLERS_MAX,
  });
  return {
    totals,
    callers,
    callerCount: totals.callers,
    unknownCount: totals.unknownCallers,
    bars: allBars(bars, { since, now, barMs }),
    barMs,
    lookedBackTo,
  };
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

function allBars(counted: CallsByCaller["bars"], { since, now, barMs }: Range): DamageBar[] {
  const first = Math.floor(since.getTime() / barMs);
  const byBar = new Map(counted.map((bar) => [bar.bar, bar]));
  const length = Math.max(1, Math.floor(now.getTime() / barMs) - first + 1);
  return Array.from({ length }, (_, at) => {
    const { known = 0, unknown = 0 } = byBar.get(first + at) ?? {};
    return { from: new Date((first + at) * barMs).toISOString(), known, unknown };
  });
}
