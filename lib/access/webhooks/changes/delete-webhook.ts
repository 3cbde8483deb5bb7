import { lockWebhook } from "@/lib/access/webhooks/changes/change-webhook";
import { noWebhook } from "@/lib/access/webhooks/webhook/no-webhook";
import { authorOf } from "@/lib/people/audit/author";
import { recordAudit } from "@/lib/people/audit/record";
import type { View } from "@/lib/people/auth/view";
import { transact } from "@/lib/platform/database/unit-of-work";
import { ok, type Result } from "@/lib/platform/result";

/** Deletes a webhook with its log of deliveries. What was not delivered yet never is. */
export async function deleteWebhook(
  view: View,
  id: string,
  now: Date,
): Promise<Result<{ id: string }, "not_found">> {
  return await transact(async (tx) => {
    const found = await lockWebhook(tx, view, id);
    if (!found) return noWebhook();
    await tx.webhook.delete({ where: { id }, select: { id: true } });
    const target = { type: "webhook", id, name: found.name } as const;
    await recordAudit(tx, authorOf(view), { action: "webhook.deleted", target }, now);
    return ok({ id });
  });
}
