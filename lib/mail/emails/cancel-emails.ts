import { recordEmailEvents } from "@/lib/mail/emails/email-events";
import { deliveryKey } from "@/lib/mail/emails/queue-emails";
import { settle } from "@/lib/mail/emails/settle";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import { removeJobs } from "@/lib/platform/queue/enqueue";

/** The reason of an email that was canceled because a member took back what its key had queued. */
export const TAKEN_BACK = "taken_back";

/**
 * Cancels emails that wait. The caller has locked them. An email that has reached some of its recipients is delivered
 * to those, and goes to nobody else.
 */
export async function cancelEmails(
  tx: Transaction,
  ids: readonly string[],
  reason: string,
  now: Date,
): Promise<void> {
  const events = ids.map((emailId) => ({ emailId, type: "canceled" as const, detail: { reason } }));
  await recordEmailEvents(tx, events, now);
  await settle(tx, ids, now);
  await removeJobs(tx, ids.map(deliveryKey));
}
