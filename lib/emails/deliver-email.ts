import { db } from "@/lib/db";
import { recordEmailEvents } from "@/lib/emails/email-events";

/** Delivers one email that is due: it stays on this machine. */
export async function deliverEmail(emailId: string, now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.email.updateMany({
      where: { id: emailId, status: { in: ["scheduled", "queued", "delayed"] } },
      data: { attempts: { increment: 1 } },
    });
    if (count === 0) return;
    const detail = { captured: "no_mail_server" } as const;
    await recordEmailEvents(tx, [{ emailId, type: "delivered", detail }], now);
  });
}
