import { EVENT_TYPES, type EventType } from "@/lib/access/webhooks/webhook/event-types";
import type { Prisma } from "@/prisma/generated/client";

/** The columns a webhook is shown with: never its secrets. */
export const webhookSelect = {
  id: true,
  environment: true,
  name: true,
  url: true,
  events: true,
  createdAt: true,
  updatedAt: true,
  offSince: true,
  offFor: true,
  failures: true,
  failingSince: true,
  restsUntil: true,
  oldSecretEndsAt: true,
} as const;

/** A webhook as it is stored, without its secrets. */
export type WebhookRow = Prisma.WebhookGetPayload<{ select: typeof webhookSelect }>;

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
