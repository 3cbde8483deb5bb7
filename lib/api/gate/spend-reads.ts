import type { BudgetState } from "@/lib/access/budgets/use";
import { countUse, lookAtBudget } from "@/lib/access/budgets/use";
import { readBudgetExceeded } from "@/lib/api/errors/from-budget";
import type { Problem } from "@/lib/api/errors/problem";
import type { Exchange } from "@/lib/api/gate/exchange";
import type { Answer, Call, Route } from "@/lib/api/routes/route";

/**
 * Answers a call within the budget of contacts that its key may read, if it has one. Where nothing is left, the call is
 * refused before it reads, so that it does not tell who is a contact. Otherwise the contacts that it found are counted
 * before any of them leaves, and the call is refused where they are more than is left.
 */
export async function withinReadBudget(
  exchange: Exchange,
  route: Pick<Route, "touches">,
  { key, now }: Pick<Call, "key" | "now">,
  handle: () => Promise<Answer | Problem>,
): Promise<Answer | Problem> {
  const { contactsReadPerDay: limit, keyName } = key;
  if (limit === null || !route.touches.includes("contactsRead")) return await handle();
  const { workspaceId, keyId } = key;
  const { address, userAgent } = exchange;
  const spender = { workspaceId, keyId, keyName, address, userAgent };
  const spending = { ...spender, budget: "contactsReadPerDay", limit } as const;
  const before = await lookAtBudget(spending, now);
  exchange.readBudget = before;
  if (before.exceeded) return readBudgetExceeded(keyName, before);
  const answer = await handle();
  const amount = ("problem" in answer ? 0 : answer.counts?.contactsRead) ?? 0;
  if (amount === 0) return answer;
  const after = await countUse({ ...spending, amount }, now);
  exchange.readBudget = after;
  return after.exceeded ? readBudgetExceeded(keyName, after) : answer;
}

/** The header that tells how much of the budget is used. */
export function readBudgetHeader({ used, limit }: BudgetState): Record<string, string> {
  return { "Postern-Budget-Contacts-Read": `${used}/${limit}` };
}
