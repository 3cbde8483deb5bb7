import type { WebhookRow } from "@/lib/access/webhooks/webhook/webhook-row";
import { EVENT_TYPES, type EventType } from "@/lib/access/webhooks/webhook/words";

/** Whether messages arrive: `failing` since the latest ones did not, `off` since nothing is sent any more. */
export type WebhookStatus = "delivering" | "failing" | "off";

/** The state of a webhook. */
export function statusOf({
  offSince,
  failures,
}: Pick<WebhookRow, "offSince" | "failures">): WebhookStatus {
  if (offSince) return "off";
  return failures > 0 ? "failing" : "delivering";
}

/** The events a webhook hears of. Another version may have stored types that this one does not know. */
export function eventsOf({ events }: Pick<WebhookRow, "events">): EventType[] {
  return EVENT_TYPES.filter((type) => events.includes(type));
}
