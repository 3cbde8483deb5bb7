import type { KeyActor } from "@/lib/auth/actor";
import { db, type Transaction } from "@/lib/db";
import { recordEmailEvents } from "@/lib/emails/email-events";
import { visibleEmails } from "@/lib/emails/list-emails";
import { deliveryKey } from "@/lib/emails/queue-emails";
import { refuseTime } from "@/lib/emails/scheduled-at";
import type { RescheduleInput } from "@/lib/emails/schema";
import { enqueueJob, removeJob } from "@/lib/queue/enqueue";
import { fail, ok, type Result } from "@/lib/result";
import type { Prisma } from "@/prisma/generated/client";

type Outcome = Result<{ id: string }, "not_found" | "conflict" | "validation_error">;

/** Cancels a scheduled email. It and the delivery exclude each other: one of them comes first. */
export async function cancelEmail(actor: KeyActor, id: string, now: Date): Promise<Outcome> {
  return await db.$transaction(async (tx) => {
    const { count } = await tx.email.updateMany({
      where: stillScheduled(actor, id),
      data: { status: "canceled" },
    });
    if (count === 0) return await whyNot(tx, actor, id);
    await recordEmailEvents(tx, [{ emailId: id, type: "canceled" }], now);
    await removeJob(tx, deliveryKey(id));
    return ok({ id });
  });
}

/** Gives a scheduled email another time. One that is past, or over a year ahead, is a `validation_error`. */
export async function rescheduleEmail(
  actor: KeyActor,
  id: string,
  { scheduled_at: scheduledAt }: RescheduleInput,
  now: Date,
): Promise<Outcome> {
  const refused = refuseTime(scheduledAt, now);
  if (refused) return refused;
  return await db.$transaction(async (tx) => {
    const { count } = await tx.email.updateMany({
      where: stillScheduled(actor, id),
      data: { scheduledAt },
    });
    if (count === 0) return await whyNot(tx, actor, id);
    const detail = { scheduledFor: scheduledAt.toISOString() };
    await recordEmailEvents(tx, [{ emailId: id, type: "scheduled", detail }], now);
    const options = { jobKey: deliveryKey(id), runAt: scheduledAt };
    await enqueueJob(tx, "deliver_email", { emailId: id }, options);
    return ok({ id });
  });
}

function stillScheduled(actor: KeyActor, id: string): Prisma.EmailWhereInput {
  return { AND: [visibleEmails(actor), { id, status: "scheduled", handingOverSince: null }] };
}

async function whyNot(
  tx: Transaction,
  actor: KeyActor,
  id: string,
): Promise<Result<never, "not_found" | "conflict">> {
  const email = await tx.email.findFirst({
    where: { AND: [visibleEmails(actor), { id }] },
    select: { status: true },
  });
  if (!email) return fail("not_found", "There is no such email in this workspace and environment.");
  return fail(
    "conflict",
    `This email is not waiting for its time any more: it is ${email.status}.`,
  );
}
