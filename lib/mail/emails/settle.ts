import { deleteHiddenContents } from "@/lib/mail/emails/hidden-contents";
import type { Transaction } from "@/lib/platform/database/unit-of-work";

/** Ends emails without recipients left: one is delivered if any try reached some of its recipients. */
export async function settle(tx: Transaction, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx.$executeRaw`
    UPDATE email SET status = 'delivered', ended_at = COALESCE(ended_at, ${now})
    WHERE id = ANY(${[...ids]}::text[]) AND status < 'delivered'
      AND EXISTS (SELECT FROM email_event WHERE email_id = email.id AND type = 'delivered')`;
  await deleteHiddenContents(tx, ids);
}
