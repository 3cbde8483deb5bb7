import { lockWebhook } from "@/lib/access/webhooks/changes/change-webhook";
import { noWebhook } from "@/lib/access/webhooks/webhook/no-webhook";
import { TEST_EVENT } from "@/lib/access/webhooks/webhook/words";
import type { View } from "@/lib/people/auth/view";
import { transact } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

type HandFailure = "not_found" | "off";

/** Queues a message of the type `webhook.test`, and returns its id. `off` for a webhook that is switched off. */
export async function sendTest(
  view: View,
  id: string,
  now: Date,
): Promise<Result<{ deliveryId: string }, HandFailure>> {
  return await transact(async (tx) => {
    const found = await lockWebhook(tx, view, id);
    if (!found) return noWebhook();
    if (found.offSince) return isOff();
    const data = { object: "webhook", id, name: found.name };
    const [sent] = await tx.$queryRaw<{ deliveryId: string }[]>`
      INSERT INTO webhook_event (id, webhook_id, type, object_id, data, at, due_at)
      VALUES (webhook_event_id(), ${id}, ${TEST_EVENT}, webhook_event_id(), ${JSON.stringify(data)}::jsonb,
              ${now}, ${now})
      RETURNING id AS "deliveryId"`;
    if (!sent) throw new Error(`No test was stored for ${id}.`);
    await wake(tx, id);
    return ok(sent);
  });
}

/**
 * Queues a message again, with the id it had: a receiver that has it drops it. One that waits is tried at once.
 * `off` for a webhook that is switched off.
 */
export async function sendAgain(
  view: View,
  { id, deliveryId }: { id: string; deliveryId: string },
  now: Date,
): Promise<Result<null, HandFailure>> {
  return await transact(async (tx) => {
    const found = await lockWebhook(tx, view, id);
    if (!found) return noWebhook();
    if (found.offSince) return isOff();
    const { count } = await tx.webhookEvent.updateMany({
      where: { id: deliveryId, webhookId: id },
      data: { state: "waiting", dueAt: now, firstTriedAt: null },
    });
    if (count === 0) return noDelivery();
    await wake(tx, id);
    return ok(null);
  });
}

/** A person who presses the button does not wait until a failing webhook has rested. */
async function wake(tx: Parameters<typeof lockWebhook>[0], id: string): Promise<void> {
  await tx.webhook.update({ where: { id }, data: { restsUntil: null }, select: { id: true } });
}

function isOff(): Failure<"off"> {
  return fail("off", "This webhook is switched off. Switch it on first.");
}

function noDelivery(): Failure<"not_found"> {
  return fail("not_found", "This delivery is not kept any more.");
}
