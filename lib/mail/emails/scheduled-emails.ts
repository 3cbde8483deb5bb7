import { recordEmailEvents } from "@/lib/mail/emails/email-events";
import { visibleEmails } from "@/lib/mail/emails/list-emails";
import { deliveryKey } from "@/lib/mail/emails/queue-emails";
import { refuseTime } from "@/lib/mail/emails/scheduled-at";
import type { RescheduleInput } from "@/lib/mail/emails/schema";
import { refuseSender } from "@/lib/mail/sending-domains/sender-domains";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import type { View } from "@/lib/people/auth/view";
import { type Reader, type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { enqueueJob, removeJob } from "@/lib/platform/queue/enqueue";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";
import type { Prisma } from "@/prisma/generated/client";

/** The condition for the emails the actor may see. */
type Shown = Prisma.EmailWhereInput;

type Outcome = Result<{ id: string }, "not_found" | "conflict" | "validation_error">;

/**
 * Cancels a scheduled email that the view shows. Fails with `conflict` for one that is not waiting any more, and with
 * `not_found` also for one that comes from a domain the view may not send from.
 */
export async function cancelEmail(view: View, id: string, now: Date): Promise<Outcome> {
  return await transact(
    async (tx) =>
      (await refuseOtherDomain(tx, view, id)) ?? (await cancel(tx, visibleEmails(view), id, now)),
  );
}

/** Cancels a scheduled email of the workspace and records the member's act. Fails as `cancelEmail` does. */
export async function cancelMemberEmail(
  actor: MemberActor,
  { id }: { id: string },
  now: Date,
): Promise<Outcome> {
  if (!can(actor, "emails.cancel")) return noEmail();
  return await transact(async (tx) => {
    const canceled = await cancel(tx, { workspaceId: actor.workspaceId }, id, now);
    if (!canceled.ok) return canceled;
    // The id is its name: the record outlives the email and must keep neither its text nor its recipients.
    const target = { type: "email", id, name: id } as const;
    await recordAudit(tx, actor, { action: "email.canceled", target }, now);
    return canceled;
  });
}

/** Cancels an email unless its delivery began first. */
async function cancel(tx: Transaction, shown: Shown, id: string, now: Date): Promise<Outcome> {
  const { count } = await tx.email.updateMany({
    where: stillScheduled(shown, id),
    data: { status: "canceled", endedAt: now },
  });
  if (count === 0) return await whyNot(tx, shown, id);
  await recordEmailEvents(tx, [{ emailId: id, type: "canceled" }], now);
  await removeJob(tx, deliveryKey(id));
  return ok({ id });
}

/**
 * Gives a scheduled email another time. Fails with `validation_error` for a time that is past or over a year
 * ahead, and as `cancelEmail` does.
 */
export async function rescheduleEmail(
  view: View,
  id: string,
  { scheduled_at: scheduledAt }: RescheduleInput,
  now: Date,
): Promise<Outcome> {
  const refused = refuseTime(scheduledAt, now);
  if (refused) return refused;
  return await transact(async (tx) => {
    const foreign = await refuseOtherDomain(tx, view, id);
    if (foreign) return foreign;
    const { count } = await tx.email.updateMany({
      where: stillScheduled(visibleEmails(view), id),
      data: { scheduledAt },
    });
    if (count === 0) return await whyNot(tx, visibleEmails(view), id);
    const detail = { scheduledFor: scheduledAt.toISOString() };
    await recordEmailEvents(tx, [{ emailId: id, type: "scheduled", detail }], now);
    const options = { jobKey: deliveryKey(id), runAt: scheduledAt };
    await enqueueJob(tx, "deliver_email", { emailId: id }, options);
    return ok({ id });
  });
}

/** A key limited to other domains may not reschedule or cancel the emails of this one. */
async function refuseOtherDomain(
  tx: Reader,
  view: View,
  id: string,
): Promise<Failure<"not_found"> | null> {
  if (!view.sendingDomains) return null;
  const email = await tx.email.findFirst({
    where: { AND: [visibleEmails(view), { id }] },
    select: { from: true },
  });
  const limit = { domains: view.sendingDomains, by: "key" } as const;
  if (!email || !refuseSender(limit, email.from)) return null;
  const domains = view.sendingDomains.slice(0, 10).join(", ");
  return fail("not_found", `This key may change only emails from ${domains}.`);
}

function stillScheduled(shown: Shown, id: string): Prisma.EmailWhereInput {
  return { AND: [shown, { id, status: "scheduled", handingOverSince: null }] };
}

async function whyNot(
  tx: Reader,
  shown: Shown,
  id: string,
): Promise<Result<never, "not_found" | "conflict">> {
  const email = await tx.email.findFirst({
    where: { AND: [shown, { id }] },
    select: { status: true },
  });
  if (!email) return noEmail();
  return fail(
    "conflict",
    `This email is not waiting for its time any more: it is ${email.status}.`,
  );
}

function noEmail(): Failure<"not_found"> {
  return fail("not_found", "There is no such email in this workspace and environment.");
}
