import { lockWebhook } from "@/lib/access/webhooks/changes/change-webhook";
import { OVERLAP_HOURS } from "@/lib/access/webhooks/webhook/limits";
import { noWebhook } from "@/lib/access/webhooks/webhook/no-webhook";
import { newSigningSecret } from "@/lib/access/webhooks/webhook/signing-secret";
import { authorOf } from "@/lib/people/audit/author";
import { recordAudit } from "@/lib/people/audit/record";
import type { View } from "@/lib/people/auth/view";
import { HOUR_MS, later } from "@/lib/platform/clock";
import { transact } from "@/lib/platform/database/unit-of-work";
import { ok, type Result } from "@/lib/platform/result";

/** The new signing secret, and until when the old one signs beside it. */
export type RotatedSecret = { secret: string; oldSecretEndsAt: Date };

/**
 * Gives a webhook a new signing secret and returns it, the only time that anybody sees it. For 24 hours the old one
 * signs beside it, so that a receiver which knows either can check every message. A secret that was already old ends at
 * once.
 */
export async function rotateSecret(
  view: View,
  id: string,
  now: Date,
): Promise<Result<RotatedSecret, "not_found">> {
  return await transact(async (tx) => {
    const found = await lockWebhook(tx, view, id);
    if (!found) return noWebhook();
    const { secret, sealed } = newSigningSecret(id);
    const oldSecretEndsAt = later(now, OVERLAP_HOURS * HOUR_MS);
    await tx.$executeRaw`
      UPDATE webhook SET old_secret = secret, old_secret_ends_at = ${oldSecretEndsAt}, secret = ${sealed}
      WHERE id = ${id}`;
    const event = {
      action: "webhook.secret_rotated" as const,
      target: { type: "webhook" as const, id, name: found.name },
      changes: { oldSecretEndsAt: { from: null, to: oldSecretEndsAt.toISOString() } },
    };
    await recordAudit(tx, authorOf(view), event, now);
    return ok({ secret, oldSecretEndsAt });
  });
}
