import type { RateState } from "@/lib/access/api-keys/verification/rate-limit";
import type { RecipientState } from "@/lib/access/budgets/recipients";
import { DAY_MS, HOUR_MS, SECOND_MS } from "@/lib/platform/clock";
import { WINDOW_SECONDS } from "@/lib/platform/counting/window-counter";

/**
 * The headers that tell a caller how much of its key's limits is left: the names of draft 06, which most SDKs
 * know, and the structured fields of the current IETF draft. The former have room for one limit, which is that of
 * calls unless one of recipients was passed; the latter name each.
 */
export function rateHeaders(
  calls: RateState,
  recipients: RecipientState | null,
): Record<string, string> {
  const windows = [
    { name: "default", state: calls, seconds: WINDOW_SECONDS },
    ...(recipients
      ? [
          { name: "recipients", state: recipients.minute, seconds: WINDOW_SECONDS },
          ...(recipients.hour
            ? [{ name: "recipients-hour", state: recipients.hour, seconds: HOUR_MS / SECOND_MS }]
            : []),
          { name: "recipients-day", state: recipients.day, seconds: DAY_MS / SECOND_MS },
        ]
      : []),
  ];
  const told = windows.find(({ state }) => state.exceeded)?.state ?? calls;
  return {
    "RateLimit-Limit": `${told.limit}`,
    "RateLimit-Remaining": `${told.remaining}`,
    "RateLimit-Reset": `${told.resetSeconds}`,
    "RateLimit-Policy": windows
      .map(({ name, state, seconds }) => `"${name}";q=${state.limit};w=${seconds}`)
      .join(", "),
    RateLimit: windows
      .map(({ name, state }) => `"${name}";r=${state.remaining};t=${state.resetSeconds}`)
      .join(", "),
  };
}
