import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import type { RateState } from "@/lib/access/api-keys/verification/rate-limit";
import {
  countRecipients,
  giveBackRecipients,
} from "@/lib/access/api-keys/verification/recipient-limit";
import { type Problem, passingProblem } from "@/lib/api/errors/problem";
import type { Exchange } from "@/lib/api/gate/exchange";
import { countOf } from "@/lib/platform/format/number";

/**
 * Counts the recipients that a call is about to reach against its key's limits, or returns why it may not: one call
 * can name thousands. The state goes into the exchange, for the answer's headers.
 */
export async function chargeRecipients(
  exchange: Exchange,
  key: KeyRecord,
  recipients: number,
): Promise<Problem | null> {
  if (recipients === 0) return null;
  const state = await countRecipients(key, recipients, exchange.at);
  exchange.recipients = state;
  const { minute, day } = state;
  if (minute.exceeded) return tooMany(key, recipients, minute, "a minute");
  if (day.exceeded) return tooMany(key, recipients, day, "a day");
  return null;
}

/** Takes the count of a call back that was refused after it. */
export async function uncharge(
  exchange: Exchange,
  key: KeyRecord,
  recipients: number,
): Promise<void> {
  const { recipients: state } = exchange;
  if (!state || state.minute.exceeded || state.day.exceeded) return;
  await giveBackRecipients(key, recipients, exchange.at);
  for (const window of [state.minute, state.day]) window.remaining += recipients;
}

function tooMany(key: KeyRecord, recipients: number, window: RateState, per: string): Problem {
  const { limit, remaining, resetSeconds } = window;
  const allowed = `The key “${key.keyName}” may write to ${countOf(limit, "recipient")} ${per}`;
  const detail =
    recipients > limit
      ? `${allowed}, and this call names ${recipients}. Send them in several calls, or ask an admin to raise the limit.`
      : `${allowed}. This call names ${recipients}, and ${remaining} are left. Try again in ${resetSeconds} s.`;
  return passingProblem("rate_limit_exceeded", detail, resetSeconds);
}
