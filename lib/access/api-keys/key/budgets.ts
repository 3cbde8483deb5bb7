import { DAY_MS, HOUR_MS, later, startOf } from "@/lib/platform/clock";
import { formatCount } from "@/lib/platform/format/number";

/** The budgets of a key, by its fields, in the order in which pages show them. */
export const BUDGETS = {
  contactsReadPerDay: {
    label: "Contacts read a day",
    windowMs: DAY_MS,
    may: (most: string) => `read ${most} contacts a day`,
  },
  recipientsPerHour: {
    label: "Recipients an hour",
    windowMs: HOUR_MS,
    may: (most: string) => `write to ${most} recipients an hour`,
  },
  recipientsPerDay: {
    label: "Recipients a day",
    windowMs: DAY_MS,
    may: (most: string) => `write to ${most} recipients a day`,
  },
} as const satisfies Record<
  string,
  { label: string; windowMs: number; may: (most: string) => string }
>;

export type Budget = keyof typeof BUDGETS;

/** Every budget. */
export const BUDGET_NAMES = Object.keys(BUDGETS) as [Budget, ...Budget[]];

/** The most that a key may use of each budget in one window; null where it has no such budget. */
export type BudgetLimits = Record<Budget, number | null>;

/** The start and the end of the budget's window that `at` lies in. Hours and days are those of UTC. */
export function windowOf(budget: Budget, at: Date): { since: Date; until: Date } {
  const { windowMs } = BUDGETS[budget];
  const since = startOf(at, windowMs);
  return { since, until: later(since, windowMs) };
}

/** The budget in words, such as “read 2,000 contacts a day”. */
export function budgetInWords(budget: Budget, limit: number): string {
  return BUDGETS[budget].may(formatCount(limit));
}

/** True where `text` names a budget. */
export function isBudget(text: string): text is Budget {
  return Object.hasOwn(BUDGETS, text);
}
