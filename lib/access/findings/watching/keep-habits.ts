import { hourTotals } from "@/lib/access/activity/reading/counts/route-hours";
import type { HourTotals } from "@/lib/access/findings/habits/habit";
import { LEARNED_DAYS, learnHabit, type Stretch } from "@/lib/access/findings/habits/learn-habit";
import { readFacts } from "@/lib/access/findings/kind/facts";
import { isFindingKind, STANDING_KINDS } from "@/lib/access/findings/kind/kinds";
import { byKey } from "@/lib/access/findings/watching/by-key";
import { DAY_MS, HOUR_MS, later, startOf } from "@/lib/platform/clock";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import { othersFirst } from "@/lib/platform/unhurried";

/** The keys that are learned together. Each has 840 hours at most. */
const BATCH = 50;
/** A habit is learned anew after nearly a day, so that this happens at the same hour each day. */
const RELEARN_MS = DAY_MS - HOUR_MS / 2;
/** Keys without a call for this long have learned nothing new. */
const STILL_CALLED_MS = 2 * DAY_MS;

/** Learns the habits of keys that were called lately, each once a day. */
export async function keepHabits(now: Date): Promise<void> {
  let after = "";
  for (;;) {
    const keyIds = await keysToLearn(after, now);
    await learn(keyIds, now);
    const last = keyIds.at(-1);
    if (!last || keyIds.length < BATCH) return;
    after = last;
    await othersFirst();
  }
}

async function keysToLearn(after: string, now: Date): Promise<string[]> {
  const rows = await reader().apiKey.findMany({
    where: {
      id: { gt: after },
      lastUsedAt: { gt: later(now, -STILL_CALLED_MS) },
      OR: [{ habit: null }, { habit: { learnedAt: { lte: later(now, -RELEARN_MS) } } }],
    },
    select: { id: true },
    orderBy: { id: "asc" },
    take: BATCH,
  });
  return rows.map(({ id }) => id);
}

async function learn(keyIds: readonly string[], now: Date): Promise<void> {
  if (keyIds.length === 0) return;
  const hours = await hoursOf(keyIds, now);
  const without = await unusualHoursOf(keyIds, now);
  const learned = keyIds.flatMap((keyId) => {
    const habit = learnHabit(hours.get(keyId) ?? [], without.get(keyId) ?? [], now);
    return habit ? [{ keyId, habit }] : [];
  });
  if (learned.length === 0) return;
  await transact(
    (tx) => tx.$executeRaw`
      INSERT INTO key_habit (key_id, habit, learned_at)
      SELECT given.key_id, habit::jsonb, ${now}
      FROM unnest(${learned.map(({ keyId }) => keyId)}::text[],
          ${learned.map(({ habit }) => JSON.stringify(habit))}::text[]) AS given (key_id, habit)
        JOIN api_key ON api_key.id = given.key_id
      ORDER BY given.key_id
      ON CONFLICT (key_id) DO UPDATE SET habit = excluded.habit, learned_at = excluded.learned_at`,
  );
}

/** The whole hours of the last five weeks, of each key. */
async function hoursOf(keyIds: readonly string[], now: Date): Promise<Map<string, HourTotals[]>> {
  const [from, to] = [later(now, -LEARNED_DAYS * DAY_MS), startOf(now, HOUR_MS)];
  return byKey(await hourTotals(keyIds, { from, to }));
}

/** The hours of each key that were found unusual, and that nobody said are meant to be so. */
async function unusualHoursOf(
  keyIds: readonly string[],
  now: Date,
): Promise<Map<string, Stretch[]>> {
  const rows = await reader().finding.findMany({
    where: {
      keyId: { in: [...keyIds] },
      kind: { in: [...STANDING_KINDS] },
      openedAt: { gt: later(now, -LEARNED_DAYS * DAY_MS) },
      OR: [{ dismissReason: null }, { dismissReason: { not: "intended" } }],
    },
    select: { keyId: true, kind: true, facts: true },
  });
  const stretches = rows.flatMap(({ keyId, kind, facts }) => {
    const about = isFindingKind(kind) ? readFacts(kind, facts) : null;
    return about && "from" in about.facts
      ? [{ keyId, from: about.facts.from, to: about.facts.to }]
      : [];
  });
  return byKey(stretches);
}
