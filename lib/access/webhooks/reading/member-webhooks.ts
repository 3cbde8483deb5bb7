import { getWebhook, listWebhooks } from "@/lib/access/webhooks/reading/list-webhooks";
import { noWebhook } from "@/lib/access/webhooks/webhook/no-webhook";
import type { WebhooksPageQuery } from "@/lib/access/webhooks/webhook/schema";
import type { WebhookRow } from "@/lib/access/webhooks/webhook/webhook-row";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { viewOf } from "@/lib/people/auth/view";
import { reader } from "@/lib/platform/database/unit-of-work";
import type { Page } from "@/lib/platform/paging/page";
import type { Result } from "@/lib/platform/result";

const PAGE_SIZE = 25;

/** A page of the workspace's webhooks, newest first. */
export async function listMemberWebhooks(
  actor: MemberActor,
  { environment, after, before }: WebhooksPageQuery,
): Promise<Result<Page<WebhookRow>, "not_found" | "validation_error">> {
  if (!can(actor, "webhooks.read")) return noWebhook();
  const at = after ? { after } : before ? { before } : {};
  return await listWebhooks(viewOf(actor, environment), { limit: PAGE_SIZE, ...at });
}

/** One webhook of the workspace, of either environment. */
export async function getMemberWebhook(
  actor: MemberActor,
  { id }: { id: string },
): Promise<Result<WebhookRow, "not_found">> {
  if (!can(actor, "webhooks.read")) return noWebhook();
  const place = await reader().webhook.findFirst({
    where: { id, workspaceId: actor.workspaceId },
    select: { environment: true },
  });
  return place ? await getWebhook(viewOf(actor, place.environment), id) : noWebhook();
}
