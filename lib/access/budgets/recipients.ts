import type { Budget } from "@/lib/access/api-keys/key/budgets";
import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import type { RateState } from "@/lib/access/api-keys/verification/rate-limit";
import type { Spender } from "@/lib/access/budgets/spending";
import { type BudgetState, countUse, giveBackUse } from "@/lib/access/budgets/use";
import { SECOND_MS } from "@/lib/platform/clock";
import { type MinuteCounter, minuteCounter } from "@/lib/platform/counting/window-counter";
import { processWide } from "@/lib/platform/process-wide";

/** A key's windows of recipients after a call. `hour` is null for a key without a budget for it. */
export type RecipientState = { minute: RateState; hour: BudgetState | null; day: BudgetState };

/** The key of a call that writes to people, and who called. */
export type Sender = Spender &
  Pick<KeyRecord, "recipientsPerMinute" | "recipientsPerHour" | "recipientsPerDay">;

/**
 * The recipients of one call, as they count. Those of an email count in the minute and in the budgets. Those of a
 * campaign count in the budgets alone, since its mails go out over hours.
 */
export type Recipients = { inMinute: number; inBudgets: number };

/**
 * Counts the recipients of one call. Where they are too many for the minute, the hour or the day, `exceeded` is true in
 * that window, and none of them is counted. Minutes are counted like calls. The budgets of an hour and a day are
 * counted in the database, so that a restart forgets none and all processes share them.
 */
export async function countRecipients(
  key: Sender,
  { inMinute, inBudgets }: Recipients,
  now: Date,
): Promise<RecipientState> {
  const minute = await countInMinute(key, inMinute);
  const amount = minute.exceeded ? 0 : inBudgets;
  const hour = await countInBudget(key, "recipientsPerHour", amount, now);
  const day = await countInBudget(key, "recipientsPerDay", hour?.exceeded ? 0 : amount, now);
  if (!day) throw new Error("Every key has a budget for a day.");
  const fits = !minute.exceeded && !hour?.exceeded && !day.exceeded;
  if (fits) return { minute, hour, day };
  await minutes().takeBack(key.keyId, inMinute);
  if (!minute.exceeded) minute.remaining += inMinute;
  if (day.exceeded && hour && !hour.exceeded)
    await takeBack(key, "recipientsPerHour", amount, hour, now);
  return { minute, hour, day };
}

/** Takes back what `countRecipients` counted, for a call that reached nobody. */
export async function giveBackRecipients(
  key: Sender,
  { inMinute, inBudgets }: Recipients,
  { minute, hour, day }: RecipientState,
  now: Date,
): Promise<void> {
  await minutes().takeBack(key.keyId, inMinute);
  minute.remaining += inMinute;
  if (hour) await takeBack(key, "recipientsPerHour", inBudgets, hour, now);
  await takeBack(key, "recipientsPerDay", inBudgets, day, now);
}

async function takeBack(
  { keyId }: Sender,
  budget: Budget,
  amount: number,
  state: BudgetState,
  now: Date,
): Promise<void> {
  await giveBackUse({ keyId, budget, amount }, now);
  state.remaining += amount;
}

async function countInBudget(
  key: Sender,
  budget: "recipientsPerHour" | "recipientsPerDay",
  amount: number,
  now: Date,
): Promise<BudgetState | null> {
  const { workspaceId, keyId, keyName, address, userAgent, [budget]: limit } = key;
  if (limit === null) return null;
  const spender = { workspaceId, keyId, keyName, address, userAgent };
  return await countUse({ ...spender, budget, limit, amount }, now);
}

async function countInMinute(
  { keyId, recipientsPerMinute: limit }: Sender,
  recipients: number,
): Promise<RateState> {
  const { consumedPoints, msBeforeNext } = await minutes().count(keyId, recipients);
  const exceeded = consumedPoints > limit;
  const used = exceeded ? consumedPoints - recipients : consumedPoints;
  return {
    limit,
    remaining: Math.max(limit - used, 0),
    resetSeconds: Math.max(Math.ceil(msBeforeNext / SECOND_MS), 1),
    exceeded,
  };
}

function minutes(): MinuteCounter {
  return processWide("recipient-limiter", () => minuteCounter("recipients"));
}
