import { lockWebhook } from "@/lib/access/webhooks/changes/change-webhook";
import { noWebhook } from "@/lib/access/webhooks/webhook/no-webhook";
import { authorOf } from "@/lib/people/audit/author";
import { recordAudit } from "@/lib/people/audit/record";
import type { View } from "@/lib/people/auth/view";
import { transact } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

/**
 * Lets a webhook that was switched off deliver again, first what still waits. What happened while it was off is not
 * among that. `changed_meanwhile` where it is on.
 */
export async function switchOn(
  view: View,
  id: string,
  now: Date,
): Promise<Result<null, "not_found" | "changed_meanwhile">> {
  return await transact(async (tx) => {
    const found = await lockWebhook(tx, view, id);
    if (!found) return noWebhook();
    if (!found.offSince) return isOn();
    await tx.webhook.update({
      where: { id },
      data: { offSince: null, offFor: null, failures: 0, failingSince: null, restsUntil: null },
      select: { id: true },
    });
    await tx.$executeRaw`
      UPDATE webhook_event SET due_at = ${now}, first_tried_at = NULL
      WHERE webhook_id = ${id} AND state = 'waiting'`;
    const target = { type: "webhook", id, name: found.name } as const;
    await recordAudit(tx, authorOf(view), { action: "webhook.switched_on", target }, now);
    return ok(null);
  });
}

function isOn(): Failure<"changed_meanwhile"> {
  return fail("changed_meanwhile", "Somebody switched this webhook on already.");
}
