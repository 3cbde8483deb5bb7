import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import type { RateState } from "@/lib/access/api-keys/verification/rate-limit";
import {
  countRecipients,
  giveBackRecipients,
  type Recipients,
} from "@/lib/access/api-keys/verification/recipient-limit";
import { invalidValues, type Problem, passingProblem } from "@/lib/api/errors/problem";
import type { Exchange } from "@/lib/api/gate/exchange";
import type { Call, Route } from "@/lib/api/routes/route";
import { countOf } from "@/lib/platform/format/number";

/** The recipients that a call asks for, as they count against its key's limits. */
export async function recipientsOf(route: Route, call: Call): Promise<Recipients> {
  const named = route.recipients?.(call.body) ?? 0;
  const people = (await route.people?.(call)) ?? 0;
  return { inMinute: named, inDay: named + people };
}

/**
 * Counts the recipients that a call is about to reach against its key's limits, or returns why it may not: one call
 * can name thousands. A call that would never fit, however long its caller waits, gets a problem that does not pass.
 * The state goes into the exchange, for the answer's headers.
 */
export async function chargeRecipients(
  exchange: Exchange,
  key: KeyRecord,
  recipients: Recipients,
): Promise<Problem | null> {
  if (recipients.inDay === 0) return null;
  const state = await countRecipients(key, recipients, exchange.at);
  exchange.recipients = state;
  const { minute, day } = state;
  const neverFits = recipients.inDay > day.limit;
  if (minute.exceeded && !neverFits) return tooMany(key, recipients.inMinute, minute, "a minute");
  if (!day.exceeded && !neverFits) return null;
  return recipients.inMinute > 0
    ? tooMany(key, recipients.inDay, day, "a day")
    : tooLargeCampaign(key, recipients.inDay, day);
}

/** Takes the count of a call back that was refused after it. */
export async function uncharge(
  exchange: Exchange,
  key: KeyRecord,
  recipients: Recipients,
): Promise<void> {
  const { recipients: state } = exchange;
  if (!state || state.minute.exceeded || state.day.exceeded) return;
  await giveBackRecipients(key, recipients, exchange.at);
  state.minute.remaining += recipients.inMinute;
  state.day.remaining += recipients.inDay;
}

function tooMany(key: KeyRecord, recipients: number, window: RateState, per: string): Problem {
  const { limit, remaining, resetSeconds } = window;
  const allowed = `The key “${key.keyName}” may write to ${countOf(limit, "recipient")} ${per}`;
  if (recipients > limit) {
    const message = `${allowed}, and this call alone names ${recipients}. Split it into several calls, or ask an admin to raise the limit.`;
    return invalidValues([{ path: "", message }]);
  }
  const detail = `${allowed}. This call names ${recipients}, and ${remaining} are left. Try again in ${resetSeconds} s.`;
  return passingProblem("rate_limit_exceeded", detail, resetSeconds);
}

function tooLargeCampaign(key: KeyRecord, people: number, window: RateState): Problem {
  const { limit, remaining, resetSeconds } = window;
  const left = people > limit ? "" : `, of which ${remaining} are left`;
  const detail = `The key “${key.keyName}” may write to ${countOf(limit, "recipient")} a day${left}, and this campaign goes to ${people}. Ask an admin to raise the limit on the key's page, or to send the campaign in the console.`;
  if (people > limit) return invalidValues([{ path: "", message: detail }]);
  return passingProblem("rate_limit_exceeded", detail, resetSeconds);
}
