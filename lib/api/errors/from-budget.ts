import type { BudgetState } from "@/lib/access/budgets/use";
import { type Problem, passingProblem } from "@/lib/api/errors/problem";
import { formatCount } from "@/lib/platform/format/number";

type Spent = Pick<BudgetState, "limit" | "used" | "resetSeconds">;

/**
 * The refusal of a call that would read more contacts than its key's budget has left, or whose key's budget is paused.
 */
export function readBudgetExceeded(keyName: string, { limit, used, resetSeconds }: Spent): Problem {
  const detail = `The key “${keyName}” may read ${formatCount(limit)} contacts a day, and ${formatCount(used)} were read. Calls that read contacts are refused for ${resetSeconds} s, or until an admin lifts that.`;
  return passingProblem("budget_exceeded", detail, resetSeconds);
}
