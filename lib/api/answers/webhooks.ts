import { z } from "zod";
import type { NewWebhook } from "@/lib/access/webhooks/changes/create-webhook";
import { eventsOf, statusOf } from "@/lib/access/webhooks/webhook/status";
import type { WebhookRow } from "@/lib/access/webhooks/webhook/webhook-row";
import { EVENT_TYPES, type EventType } from "@/lib/access/webhooks/webhook/words";
import { listJson } from "@/lib/api/answers/page";

/** A webhook as the API shows it. */
export const webhookJson = z
  .strictObject({
    object: z.literal("webhook"),
    id: z.string().meta({ example: "whk_01kayq8m4xf2c9r7h3v5w6y8zb" }),
    name: z.string(),
    url: z.string().meta({ example: "https://crm.example.com/hooks/postern" }),
    events: z.array(z.enum(EVENT_TYPES as [EventType, ...EventType[]])),
    status: z.enum(["delivering", "failing", "off"]).meta({
      description:
        "`failing` since the latest messages did not arrive, `off` after three days of that or an answer of 410.",
    }),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "Webhook" });

/** A webhook that was just made. */
export const newWebhookJson = webhookJson
  .extend({
    secret: z.string().meta({
      description: "Signs every message. It is shown in this answer only, so store it.",
      example: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
    }),
  })
  .meta({ id: "NewWebhook" });

export const webhookListJson = listJson(webhookJson);

/** A deleted webhook. */
export const deletedWebhookJson = z.strictObject({
  object: z.literal("webhook"),
  id: z.string(),
  deleted: z.literal(true),
});

/** Shows a webhook. */
export function toWebhookJson(row: WebhookRow) {
  return {
    object: "webhook" as const,
    id: row.id,
    name: row.name,
    url: row.url,
    events: eventsOf(row),
    status: statusOf(row),
    created_at: row.createdAt,
    updated_at: row.updatedAt,
  };
}

/** Shows a webhook that was just made, with its secret. */
export function toNewWebhookJson({ secret, ...row }: NewWebhook) {
  return { ...toWebhookJson(row), secret };
}

/** Says that a webhook was deleted. */
export function toDeletedWebhookJson(id: string) {
  return { object: "webhook" as const, id, deleted: true };
}
