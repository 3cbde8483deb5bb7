import { recordEmailEvents } from "@/lib/mail/emails/email-events";
import { transact } from "@/lib/platform/database/unit-of-work";

const REASON =
  "Set aside: the server stopped twice while it was handing this email over. It may have arrived.";

/** Gives up an email under whose hand-over the process died again and again. Its history says so. */
export async function setAsideEmail(emailId: string, now: Date): Promise<void> {
  await transact(async (tx) => {
    const { count } = await tx.email.updateMany({
      where: { id: emailId, status: { in: ["scheduled", "queued", "delayed"] } },
      data: { handingOverSince: null },
    });
    if (count === 0) return;
    const detail = { reason: REASON };
    await recordEmailEvents(tx, [{ emailId, type: "failed", detail }], now);
  });
}
