import { lockManagedKey } from "@/lib/access/damage/putting-right/lock-managed-key";
import { openCampaigns, type QueuedBy, waitingEmails } from "@/lib/access/damage/reading/queued-by";
import { PUT_RIGHT_BATCH } from "@/lib/access/damage/terms/limits";
import type { DamageInput } from "@/lib/access/damage/terms/schema";
import { sendingJob } from "@/lib/mail/campaigns/start-and-cancel";
import { cancelEmails, TAKEN_BACK } from "@/lib/mail/emails/cancel-emails";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { removeJobs } from "@/lib/platform/queue/enqueue";
import { ok, type Result } from "@/lib/platform/result";

/** The counts of what one batch canceled. `hasMore` says that more may be waiting. */
export type CanceledBatch = { emails: number; campaigns: number; hasMore: boolean };

/**
 * Cancels, in one transaction, what a key queued and what has not gone out: its campaigns, and the next 500 emails. It
 * records that. An email that is being handed to the mail server goes out. A second call cancels what was queued since.
 * `not_found` for members who may not manage every key.
 */
export async function cancelQueued(
  actor: MemberActor,
  damage: DamageInput,
  now: Date,
): Promise<Result<CanceledBatch, "not_found">> {
  return await transact(async (tx) => {
    const key = await lockManagedKey(tx, actor, damage.keyId);
    if (!key.ok) return key;
    const by: QueuedBy = { ...damage, workspaceId: actor.workspaceId };
    const campaigns = await cancelCampaigns(tx, by, now);
    const ids = await lockWaiting(tx, by);
    await cancelEmails(tx, ids, TAKEN_BACK, now);
    const emails = ids.length;
    if (emails + campaigns > 0) {
      const changes = {
        emails: { from: null, to: emails },
        campaigns: { from: null, to: campaigns },
        since: { from: null, to: damage.since.toISOString() },
      };
      const target = { type: "key", id: key.value.id, name: key.value.name } as const;
      await recordAudit(tx, actor, { action: "key.emails_canceled", target, changes }, now);
    }
    return ok({ emails, campaigns, hasMore: emails === PUT_RIGHT_BATCH });
  });
}

/** Cancels the campaigns before the emails: from then on, no more emails are made for them. */
async function cancelCampaigns(tx: Transaction, by: QueuedBy, now: Date): Promise<number> {
  const ended = await tx.$queryRaw<{ id: string }[]>`
    UPDATE campaign SET status = 'canceled', finished_at = ${now}, updated_at = ${now}
    WHERE id IN (${openCampaigns(by)}) AND status IN ('scheduled', 'sending')
    RETURNING id`;
  await removeJobs(
    tx,
    ended.map(({ id }) => sendingJob(id).jobKey),
  );
  return ended.length;
}

/**
 * Locks the next emails that wait. It leaves out an email that is about to be handed over, since that is locked
 * already.
 */
async function lockWaiting(tx: Transaction, by: QueuedBy): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM email
    WHERE id IN (SELECT id FROM (${waitingEmails(by)}) AS waiting ORDER BY id LIMIT ${PUT_RIGHT_BATCH})
      AND status = ANY(ARRAY['scheduled', 'queued', 'delayed']::"EmailStatus"[]) AND handing_over_since IS NULL
    ORDER BY id FOR UPDATE SKIP LOCKED`;
  return rows.map(({ id }) => id);
}
