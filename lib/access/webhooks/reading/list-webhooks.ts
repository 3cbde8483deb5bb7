import { noWebhook } from "@/lib/access/webhooks/webhook/no-webhook";
import { type WebhookRow, webhookSelect } from "@/lib/access/webhooks/webhook/webhook-row";
import type { View } from "@/lib/people/auth/view";
import { reader } from "@/lib/platform/database/unit-of-work";
import { requestPageById, toPageById } from "@/lib/platform/paging/by-id";
import type { Page } from "@/lib/platform/paging/page";
import type { PageQuery } from "@/lib/platform/paging/schema";
import { ok, type Result } from "@/lib/platform/result";

/** A page of the webhooks, newest first. Fails for a cursor that leads nowhere. */
export async function listWebhooks(
  { workspaceId, environment }: View,
  query: PageQuery,
): Promise<Result<Page<WebhookRow>, "validation_error">> {
  const list = { name: "webhooks", workspaceId, environment };
  const request = await requestPageById(list, query);
  if (!request.ok) return request;
  const { where, orderBy, take } = request.value;
  const rows = await reader().webhook.findMany({
    where: { AND: [{ workspaceId, environment }, where] },
    orderBy,
    take,
    select: webhookSelect,
  });
  return ok(toPageById(request.value, rows));
}

/** The webhook with this id. */
export async function getWebhook(
  { workspaceId, environment }: View,
  id: string,
): Promise<Result<WebhookRow, "not_found">> {
  const row = await reader().webhook.findFirst({
    where: { id, workspaceId, environment },
    select: webhookSelect,
  });
  return row ? ok(row) : noWebhook();
}
