import { notFound } from "next/navigation";
import { cache } from "react";
import { getMemberWebhook } from "@/lib/access/webhooks/reading/member-webhooks";
import { webhookIdInput } from "@/lib/access/webhooks/webhook/schema";
import type { WebhookRow } from "@/lib/access/webhooks/webhook/webhook-row";
import type { MemberActor } from "@/lib/people/auth/actor";
import { requireActor } from "@/lib/people/auth/session";

type FoundWebhook = { actor: MemberActor; webhook: WebhookRow };

/**
 * The webhook of this page's URL and who looks at it, read once per request. An id that is invalid, unknown or from
 * another workspace ends in "not found".
 */
export const findWebhook = cache(async (webhookId: string): Promise<FoundWebhook> => {
  const actor = await requireActor();
  const asked = webhookIdInput.safeParse({ id: webhookId });
  if (!asked.success) notFound();
  const found = await getMemberWebhook(actor, asked.data);
  if (!found.ok) notFound();
  return { actor, webhook: found.value };
});
