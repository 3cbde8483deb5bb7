import { type CallBar, emptyBars } from "@/lib/access/activity/reading/bars";
import {
  type BarCount,
  hourlyCounts,
  isCountedHourly,
} from "@/lib/access/activity/reading/hourly-counts";
import { planSearch } from "@/lib/access/activity/reading/search-plan";
import { type Share, type Sums, sumUp } from "@/lib/access/activity/reading/sum-up";
import { keysToLookAt, visibleKeys } from "@/lib/access/activity/reading/visible-keys";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import type { MemberActor } from "@/lib/people/auth/actor";

/** The calls that a list finds, in figures. */
export type Overview = Omit<Sums, "bars" | "keys"> & {
  /** Calls over time: at most 96 bars of `barMs`, oldest first. */
  barMs: number;
  bars: CallBar[];
  keys: Share<{ keyId: string; name: string }>[];
};

/**
 * The calls in the query's time range (the last four days without one) that its filters find, among those that the
 * actor may see. Where nothing but a key narrows them, the bars and totals come from the hourly counts and have every
 * call. Everything else is summed up from the newest 20,000 calls, and `since` says where there are more.
 */
export async function activityOverview(
  actor: MemberActor,
  query: ActivityQuery,
  now: Date,
): Promise<Overview> {
  const { workspaceId } = actor;
  const empty = emptyBars(query, now);
  const keyIds = await keysToLookAt(actor, query.key);
  const { from, to, barMs, first } = empty;
  const plan = planSearch(workspaceId, keyIds, { ...query, from, to });
  const isCounted = isCountedHourly(query, barMs);
  const [sums, counts, keys] = await Promise.all([
    sumUp(plan, barMs),
    isCounted ? hourlyCounts(workspaceId, keyIds, empty) : null,
    visibleKeys(actor),
  ]);
  const names = new Map(keys.map(({ id, name }) => [id, name]));
  return {
    ...sums,
    ...(counts && totalsOf(counts)),
    barMs,
    bars: filled(empty.bars, first, counts ?? sums.bars),
    keys: sums.keys.map((share) => ({ ...share, name: names.get(share.keyId) ?? share.keyId })),
  };
}

function totalsOf(counts: readonly BarCount[]) {
  const calls = counts.reduce((sum, count) => sum + count.calls, 0);
  const problems = counts.reduce((sum, { succeeded, calls }) => sum + (succeeded ? 0 : calls), 0);
  return { calls, problems };
}

function filled(bars: readonly CallBar[], first: number, counts: readonly BarCount[]): CallBar[] {
  const all = bars.map((bar) => ({ ...bar }));
  for (const { bar, succeeded, calls } of counts) {
    const counted = all[bar - first];
    if (counted) counted[succeeded ? "succeeded" : "refused"] += calls;
  }
  return all;
}
