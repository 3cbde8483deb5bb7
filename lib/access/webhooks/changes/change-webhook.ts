import { refuseLimited, refuseUrl } from "@/lib/access/webhooks/changes/create-webhook";
import { noWebhook } from "@/lib/access/webhooks/webhook/no-webhook";
import type { UpdateWebhookInput } from "@/lib/access/webhooks/webhook/schema";
import { type WebhookRow, webhookSelect } from "@/lib/access/webhooks/webhook/webhook-row";
import { authorOf } from "@/lib/people/audit/author";
import { changesBetween } from "@/lib/people/audit/changes";
import { recordAudit } from "@/lib/people/audit/record";
import type { View } from "@/lib/people/auth/view";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

/** What to change of a webhook; where `updatedAt` is given, only if it was last changed then. */
type Change = { id: string; updatedAt?: Date } & UpdateWebhookInput;

type ChangeFailure = "not_found" | "conflict" | "validation_error" | "audience_not_allowed";

/**
 * Changes a webhook's name, URL or events; what is left out stays. A new URL gets what waits, and starts without the
 * failures of the old one. `conflict` when somebody changed it meanwhile, `validation_error` for a URL that nothing is
 * sent to.
 */
export async function changeWebhook(
  view: View,
  { id, updatedAt, ...input }: Change,
  now: Date,
): Promise<Result<WebhookRow, ChangeFailure>> {
  const refusal = refuseLimited(view) ?? (input.url === undefined ? null : refuseUrl(input.url));
  if (refusal) return refusal;
  return await transact(async (tx) => {
    const before = await lockWebhook(tx, view, id);
    if (!before) return noWebhook();
    if (updatedAt && before.updatedAt.getTime() !== updatedAt.getTime()) return changedMeanwhile();
    const { name = before.name, url = before.url, events = before.events } = input;
    const changes = changesBetween(before, { name, url, events });
    if (Object.keys(changes).length === 0) return ok(before);
    const fresh = url === before.url ? {} : { failures: 0, failingSince: null, restsUntil: null };
    const after = await tx.webhook.update({
      where: { id },
      data: { name, url, events, ...fresh, updatedAt: now },
      select: webhookSelect,
    });
    const target = { type: "webhook", id, name } as const;
    const event = { action: "webhook.changed", target, changes } as const;
    await recordAudit(tx, authorOf(view), event, now);
    return ok(after);
  });
}

/** The webhook with this id, which nobody else can change until the transaction ends; null where there is none. */
export async function lockWebhook(
  tx: Transaction,
  { workspaceId, environment }: View,
  id: string,
): Promise<WebhookRow | null> {
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM webhook
    WHERE id = ${id} AND workspace_id = ${workspaceId} AND environment = ${environment}::"Environment"
    FOR NO KEY UPDATE`;
  return locked.length === 0
    ? null
    : await tx.webhook.findUnique({ where: { id }, select: webhookSelect });
}

function changedMeanwhile(): Failure<"conflict"> {
  return fail("conflict", "Somebody changed this webhook meanwhile. Reload to see how it is now.");
}
