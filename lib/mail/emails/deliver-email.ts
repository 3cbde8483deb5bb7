import { inTurnForAttachments } from "@/lib/mail/emails/attachment-turns";
import { composeMessage } from "@/lib/mail/emails/compose";
import { type NewEmailEvent, recordEmailEvents } from "@/lib/mail/emails/email-events";
import { CLAIM_MS, OPEN_STATUSES } from "@/lib/mail/emails/email-row";
import { forgetRecipients } from "@/lib/mail/emails/forget-recipients";
import { type HandOver, type MailServer, mailServer } from "@/lib/mail/emails/mail-server";
import { eventsAfter } from "@/lib/mail/emails/outcome";
import { deliveryAt } from "@/lib/mail/emails/queue-emails";
import { recipientsLeft } from "@/lib/mail/emails/recipients-left";
import { countRefusals, isSendingPaused } from "@/lib/mail/emails/refusal-streak";
import { withoutEmails } from "@/lib/mail/emails/refusals";
import { settle } from "@/lib/mail/emails/settle";
import { suppressBounced } from "@/lib/mail/suppressions/suppress-bounced";
import { HOUR_MS, later } from "@/lib/platform/clock";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { log } from "@/lib/platform/log";
import { enqueueJob } from "@/lib/platform/queue/enqueue";
import type { Email } from "@/prisma/generated/client";
import type { Environment } from "@/prisma/generated/enums";

/** The time after which an email looks again whether the sending is still paused; whoever resumes it is quicker. */
const PAUSED_MS = HOUR_MS;

/** An email that only this process may hand over, until its claim ends. */
type ClaimedEmail = {
  id: string;
  workspaceId: string;
  campaignId: string | null;
  environment: Environment;
  /** The emails to hand it over to now, without those that have it and those that are suppressed. */
  recipients: string[];
  /** The number of tries, this one included. */
  attempts: number;
  /** The time at which it was to go out. */
  due: Date;
  claimedAt: Date;
};

/**
 * Delivers one email that is due: claims it, hands it over, and records the outcome. The claim is committed
 * before the message reaches the mail server, so a second delivery of the same email waits. If this process
 * dies in between, the next one finds the claim and records that the message may go out twice
 * (docs/decisions/email-delivery.md). The clock is read again after the hand-over, which takes a while.
 */
export async function deliverEmail(
  emailId: string,
  clock: () => Date,
  server: MailServer | null = mailServer(),
): Promise<void> {
  await inTurnForAttachments(emailId, async () => await deliver(emailId, clock, server));
}

async function deliver(
  emailId: string,
  clock: () => Date,
  server: MailServer | null,
): Promise<void> {
  const message = server ? await composeMessage(emailId) : null;
  const claimed = await transact((tx) => claimEmail(tx, emailId, server !== null, clock()));
  if (!claimed || !server || !message) return;
  const result = await server.handOver({ ...message, to: claimed.recipients });
  if (result.outcome === "unavailable") {
    const response = withoutEmails(result.response);
    log.warn({ emailId, response }, "the mail server did not take an email now");
  }
  await transact((tx) => recordHandOver(tx, claimed, result, clock()));
}

/** Claims the email if there is something to hand over now. Otherwise it records why not and returns null. */
async function claimEmail(
  tx: Transaction,
  emailId: string,
  hasServer: boolean,
  now: Date,
): Promise<ClaimedEmail | null> {
  const email = await lockDueEmail(tx, emailId, now);
  if (!email) return null;
  const { workspaceId, campaignId, environment, handingOverSince } = email;
  if (environment === "test" || !hasServer) {
    await capture(tx, email, now);
    return null;
  }
  if (await isSendingPaused(tx, workspaceId)) {
    await deliverLater(tx, email, later(now, PAUSED_MS));
    return null;
  }
  const { left, events } = await recipientsLeft(tx, email);
  if (handingOverSince) events.push(interrupted(emailId));
  await recordEmailEvents(tx, events, now);
  if (left.length === 0) {
    await settle(tx, [emailId], now);
    return null;
  }
  const { attempts } = await tx.email.update({
    where: { id: emailId },
    data: { attempts: { increment: 1 }, handingOverSince: now },
    select: { attempts: true },
  });
  const due = email.scheduledAt ?? email.createdAt;
  const claim = { recipients: left, attempts, due, claimedAt: now };
  return { id: emailId, workspaceId, campaignId, environment, ...claim };
}

/**
 * Locks the email if it is to be delivered now. An email that another process has claimed, or that was
 * rescheduled after this job was queued, gets a job for that later time.
 */
async function lockDueEmail(tx: Transaction, emailId: string, now: Date) {
  const [locked] = await tx.$queryRaw<{ forgets: boolean }[]>`
    SELECT EXISTS (SELECT FROM forgotten_recipient WHERE email_id = ${emailId}) AS forgets
    FROM email WHERE id = ${emailId} FOR UPDATE`;
  if (locked?.forgets) await forgetRecipients(tx, [emailId], now);
  const email = await tx.email.findFirst({
    where: { id: emailId, status: { in: [...OPEN_STATUSES] } },
  });
  if (!email) return null;
  const { handingOverSince, scheduledAt } = email;
  const free = handingOverSince ? later(handingOverSince, CLAIM_MS) : (scheduledAt ?? now);
  // A message that names a recipient who was forgotten just now is composed anew.
  if (free <= now && !locked?.forgets) return email;
  await deliverLater(tx, email, free > now ? free : now);
  return null;
}

async function deliverLater(
  tx: Transaction,
  email: Pick<Email, "id" | "campaignId">,
  at: Date,
): Promise<void> {
  await enqueueJob(tx, "deliver_email", { emailId: email.id }, deliveryAt(email, at));
}

/** Keeps an email in the Outbox of this machine, as delivered to the recipients that would have got it. */
async function capture(
  tx: Transaction,
  email: Parameters<typeof recipientsLeft>[1],
  now: Date,
): Promise<void> {
  const { id, environment, recipients } = email;
  const captured = environment === "test" ? "test" : "no_mail_server";
  const { left, events } = await recipientsLeft(tx, email);
  await recordEmailEvents(tx, events, now);
  if (left.length === 0) return await settle(tx, [id], now);
  await tx.email.update({ where: { id }, data: { captured: true } });
  const about = left.length < recipients.length ? { recipients: left } : {};
  const detail = { captured, ...about } as const;
  await recordEmailEvents(tx, [{ emailId: id, type: "delivered", detail }], now);
}

/** The email event for a hand-over that began and has no known end. */
function interrupted(emailId: string): NewEmailEvent {
  return { emailId, type: "delayed", detail: { possibleDuplicate: true, reason: "interrupted" } };
}

async function recordHandOver(
  tx: Transaction,
  claimed: ClaimedEmail,
  result: HandOver,
  now: Date,
): Promise<void> {
  const { id: emailId, claimedAt, workspaceId, environment } = claimed;
  const { events, retryAt, suppress, ...answers } = eventsAfter(claimed, result, now);
  await tx.email.updateMany({
    where: { id: emailId, handingOverSince: claimedAt },
    data: { handingOverSince: null },
  });
  await recordEmailEvents(tx, events, now);
  await suppressBounced(tx, { workspaceId, environment, emailId }, suppress, now);
  await countRefusals(tx, workspaceId, answers, now);
  if (retryAt) await deliverLater(tx, claimed, retryAt);
  else await settle(tx, [emailId], now);
  await forgetRecipients(tx, [emailId], now);
}
