import { mostTouched } from "@/lib/access/activity/reading/counts/most-touched";
import { BUDGET_NAMES, type Budget } from "@/lib/access/api-keys/key/budgets";
import { DAY_MS, later, startOf } from "@/lib/platform/clock";
import { reader } from "@/lib/platform/database/unit-of-work";
import { formatCount } from "@/lib/platform/format/number";
import { longDate } from "@/lib/platform/format/time";

/** The number of days that a habit covers. */
const HABIT_DAYS = 30;

/** The note that says when this database began to count the people that calls touch. Earlier calls have no numbers. */
export const COUNTING_BEGAN = "people that calls touch are counted";

/** The usual use of each of a key's budgets, in words. */
export type HabitWords = Record<Budget, string>;

/**
 * The usual use of a key: the most contacts it read on one day, and the most recipients it wrote to in one hour and on
 * one day. It covers the last 30 days, as far as these were counted. Each comes with a number that would leave room.
 */
export async function habitOf({ keyId }: { keyId: string }, now: Date): Promise<HabitWords> {
  const began = await reader().oneTimeWork.findUnique({ where: { name: COUNTING_BEGAN } });
  const monthAgo = later(startOf(now, DAY_MS), -(HABIT_DAYS - 1) * DAY_MS);
  const since = began && began.doneAt > monthAgo ? began.doneAt : monthAgo;
  const most = await mostTouched({ keyId, since: startOf(since, DAY_MS) });
  const words = BUDGET_NAMES.map((budget) => [budget, inWords(budget, most[budget], since)]);
  return Object.fromEntries(words) as HabitWords;
}

const DEEDS: Record<Budget, { did: string; per: string }> = {
  contactsReadPerDay: { did: "read", per: "a day" },
  recipientsPerHour: { did: "wrote to", per: "an hour" },
  recipientsPerDay: { did: "wrote to", per: "a day" },
};

function inWords(budget: Budget, most: number, since: Date): string {
  const { did, per } = DEEDS[budget];
  const when = `since ${longDate(since)}`;
  if (most === 0) return `It ${did} none ${when}.`;
  return `It ${did} at most ${formatCount(most)} ${per} ${when}: ${formatCount(withRoom(most))} would leave room.`;
}

/** A round number that is at least twice `most`: 480 → 1,000, 1,200 → 5,000. */
export function withRoom(most: number): number {
  const power = 10 ** Math.floor(Math.log10(2 * most));
  return ([1, 2, 5].find((step) => step * power >= 2 * most) ?? 10) * power;
}
