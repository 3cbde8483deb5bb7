import { budgetInWords } from "@/lib/access/api-keys/key/budgets";
import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import type { RateState } from "@/lib/access/api-keys/verification/rate-limit";
import {
  countRecipients,
  giveBackRecipients,
  type RecipientState,
  type Recipients,
  type Sender,
} from "@/lib/access/budgets/recipients";
import type { BudgetState } from "@/lib/access/budgets/use";
import { invalidValues, type Problem, passingProblem } from "@/lib/api/errors/problem";
import type { Exchange } from "@/lib/api/gate/exchange";
import type { Call, Route } from "@/lib/api/routes/route";
import { countOf } from "@/lib/platform/format/number";

/** The recipients of a call that writes to nobody. */
export const NO_RECIPIENTS: Recipients = { inMinute: 0, inBudgets: 0 };

/** The recipients that a call asks for, as they count against its key's limits. */
export async function recipientsOf(route: Route, call: Call): Promise<Recipients> {
  const named = route.recipients?.(call.body) ?? 0;
  const people = (await route.people?.(call)) ?? 0;
  return { inMinute: named, inBudgets: named + people };
}

/**
 * Counts the recipients that a call is about to reach against its key's limits, or returns why it may not, since one
 * call can name thousands. A call that would never fit, however long its caller waits, gets a problem that does not
 * pass with time, and pauses nothing. The state goes into the exchange, for the answer's headers.
 */
export async function chargeRecipients(
  exchange: Exchange,
  key: KeyRecord,
  recipients: Recipients,
): Promise<Problem | null> {
  if (recipients.inBudgets === 0) return null;
  const tooLarge = tooLargeAlone(key, recipients);
  const state = await countRecipients(
    senderOf(exchange, key),
    tooLarge ? NO_RECIPIENTS : recipients,
    exchange.at,
  );
  exchange.recipients = state;
  return tooLarge ?? refusalOf(key, recipients, state);
}

/** Takes back what was counted of a call that was refused afterwards. */
export async function uncharge(
  exchange: Exchange,
  key: KeyRecord,
  counted: Recipients,
): Promise<void> {
  const { recipients: state } = exchange;
  if (!state || counted.inBudgets === 0) return;
  await giveBackRecipients(senderOf(exchange, key), counted, state, exchange.at);
}

function senderOf({ address, userAgent }: Exchange, key: KeyRecord): Sender {
  return { ...key, address, userAgent };
}

/** The problem with a call that is too large for any minute, hour or day; null for any other call. */
function tooLargeAlone(key: KeyRecord, { inMinute, inBudgets }: Recipients): Problem | null {
  const { recipientsPerMinute, recipientsPerHour, recipientsPerDay } = key;
  const most = [
    ...(inMinute > recipientsPerMinute
      ? [`write to ${countOf(recipientsPerMinute, "recipient")} a minute`]
      : []),
    ...(recipientsPerHour !== null && inBudgets > recipientsPerHour
      ? [budgetInWords("recipientsPerHour", recipientsPerHour)]
      : []),
    ...(inBudgets > recipientsPerDay ? [budgetInWords("recipientsPerDay", recipientsPerDay)] : []),
  ][0];
  if (!most) return null;
  const message =
    inMinute > 0
      ? `The key “${key.keyName}” may ${most}, and this call alone names ${inBudgets}. Split it into several calls, or ask an admin to raise the limit.`
      : `The key “${key.keyName}” may ${most}, and this campaign goes to ${inBudgets}. ${ASK_FOR_MORE}`;
  return invalidValues([{ path: "", message }]);
}

const ASK_FOR_MORE =
  "Ask an admin to raise the limit on the key's page, or to send the campaign in the console.";

function refusalOf(
  key: KeyRecord,
  { inMinute, inBudgets }: Recipients,
  { minute, hour, day }: RecipientState,
): Problem | null {
  if (minute.exceeded) return tooManyInMinute(key, inMinute, minute);
  const what = inMinute > 0 ? `This call names ${inBudgets}` : `This campaign goes to ${inBudgets}`;
  if (hour?.exceeded) return pausedBudget(key, "recipientsPerHour", hour, what);
  return day.exceeded ? pausedBudget(key, "recipientsPerDay", day, what) : null;
}

function tooManyInMinute(key: KeyRecord, recipients: number, minute: RateState): Problem {
  const { limit, remaining, resetSeconds } = minute;
  const detail = `The key “${key.keyName}” may write to ${countOf(limit, "recipient")} a minute. This call names ${recipients}, and ${remaining} are left. Try again in ${resetSeconds} s.`;
  return passingProblem("rate_limit_exceeded", detail, resetSeconds);
}

function pausedBudget(
  key: KeyRecord,
  budget: "recipientsPerHour" | "recipientsPerDay",
  { limit, remaining, resetSeconds }: BudgetState,
  what: string,
): Problem {
  const detail = `The key “${key.keyName}” may ${budgetInWords(budget, limit)}. ${what}, and ${remaining} are left. Calls that write to people are refused for ${resetSeconds} s, or until an admin lifts that on the Security page.`;
  return passingProblem("budget_exceeded", detail, resetSeconds);
}
