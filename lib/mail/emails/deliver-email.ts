import { composeMessage } from "@/lib/mail/emails/compose";
import { type NewEmailEvent, recordEmailEvents } from "@/lib/mail/emails/email-events";
import { type HandOver, type MailServer, mailServer } from "@/lib/mail/emails/mail-server";
import { eventsAfter } from "@/lib/mail/emails/outcome";
import { deliveryKey } from "@/lib/mail/emails/queue-emails";
import { recipientsLeft } from "@/lib/mail/emails/recipients-left";
import { suppressBounced } from "@/lib/mail/suppressions/suppress-bounced";
import { later, MINUTE_MS } from "@/lib/platform/clock";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { log } from "@/lib/platform/log";
import { enqueueJob } from "@/lib/platform/queue/enqueue";
import type { Email } from "@/prisma/generated/client";
import type { Environment } from "@/prisma/generated/enums";

/** Statuses of an email that is still to be delivered, to somebody at least. */
const OPEN_STATUSES = ["scheduled", "queued", "delayed"] as const;

/**
 * A hand-over that began longer ago than this has ended: it was cut off, or its process is gone. Until then
 * nobody else touches the email.
 */
const CLAIM_MS = 2 * MINUTE_MS;

/** An email that this process alone may hand over, until its claim is up. */
type ClaimedEmail = {
  id: string;
  workspaceId: string;
  environment: Environment;
  /** Who is to get it now: nobody twice, nobody who is suppressed. */
  recipients: string[];
  /** How often it was tried, this time included. */
  attempts: number;
  /** When it was to go out. */
  due: Date;
  claimedAt: Date;
};

/**
 * Delivers one email that is due: claims it, hands it over, and records what came of it. The claim is
 * committed before the mail server hears of the message, so a second delivery of the same email waits; and if
 * this process dies in between, the next one finds the claim and says that the message may have gone out
 * twice (docs/decisions/email-delivery.md). The clock is read again after the hand-over, which takes a while.
 */
export async function deliverEmail(
  emailId: string,
  clock: () => Date,
  server: MailServer | null = mailServer(),
): Promise<void> {
  const message = server ? await composeMessage(emailId) : null;
  const claimed = await transact((tx) => claimEmail(tx, emailId, server !== null, clock()));
  if (!claimed || !server || !message) return;
  const { from, raw } = message;
  const result = await server.handOver({ from, raw, to: claimed.recipients });
  if (result.outcome === "unavailable") {
    log.warn({ emailId, response: result.response }, "the mail server did not take an email now");
  }
  await transact((tx) => recordHandOver(tx, claimed, result, clock()));
}

/** The email if there is something to hand over now. Otherwise what is to be said of it is recorded. */
async function claimEmail(
  tx: Transaction,
  emailId: string,
  hasServer: boolean,
  now: Date,
): Promise<ClaimedEmail | null> {
  const email = await lockDueEmail(tx, emailId, now);
  if (!email) return null;
  const { workspaceId, environment, handingOverSince, scheduledAt, createdAt } = email;
  if (environment === "test" || !hasServer) {
    await capture(tx, email, now);
    return null;
  }
  const { left, events } = await recipientsLeft(tx, email);
  if (handingOverSince) events.push(interrupted(emailId));
  await recordEmailEvents(tx, events, now);
  if (left.length === 0) {
    await settle(tx, emailId);
    return null;
  }
  const { attempts } = await tx.email.update({
    where: { id: emailId },
    data: { attempts: { increment: 1 }, handingOverSince: now },
    select: { attempts: true },
  });
  const due = scheduledAt ?? createdAt;
  return { id: emailId, workspaceId, environment, recipients: left, attempts, due, claimedAt: now };
}

/**
 * An email that is to be delivered now, locked. One that somebody has, or that was given another time while
 * this job was on its way, gets a job for then.
 */
async function lockDueEmail(tx: Transaction, emailId: string, now: Date) {
  await tx.$queryRaw`SELECT id FROM email WHERE id = ${emailId} FOR UPDATE`;
  const email = await tx.email.findFirst({
    where: { id: emailId, status: { in: [...OPEN_STATUSES] } },
  });
  if (!email) return null;
  const { handingOverSince, scheduledAt } = email;
  const free = handingOverSince ? later(handingOverSince, CLAIM_MS) : (scheduledAt ?? now);
  if (free <= now) return email;
  await enqueueJob(tx, "deliver_email", { emailId }, { jobKey: deliveryKey(emailId), runAt: free });
  return null;
}

/** Keeps an email on this machine, for the Outbox: for those alone who would have got it. */
async function capture(
  tx: Transaction,
  email: Pick<Email, "id" | "workspaceId" | "environment" | "recipients">,
  now: Date,
): Promise<void> {
  const { id, environment, recipients } = email;
  const captured = environment === "test" ? "test" : "no_mail_server";
  const { left, events } = await recipientsLeft(tx, email);
  await recordEmailEvents(tx, events, now);
  if (left.length === 0) return await settle(tx, id);
  await tx.email.update({ where: { id }, data: { captured: true } });
  const about = left.length < recipients.length ? { recipients: left } : {};
  const detail = { captured, ...about } as const;
  await recordEmailEvents(tx, [{ emailId: id, type: "delivered", detail }], now);
}

/** The mark that a hand-over was begun and nobody knows how it ended. */
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
  const { events, retryAt, suppress } = eventsAfter(claimed, result, now);
  await tx.email.updateMany({
    where: { id: emailId, handingOverSince: claimedAt },
    data: { handingOverSince: null },
  });
  await recordEmailEvents(tx, events, now);
  await suppressBounced(tx, { workspaceId, environment, emailId }, suppress, now);
  if (!retryAt) return await settle(tx, emailId);
  const options = { jobKey: deliveryKey(emailId), runAt: retryAt };
  await enqueueJob(tx, "deliver_email", { emailId }, options);
}

/** Nobody is left to try: an email that reached some of its recipients, at any attempt, is delivered. */
async function settle(tx: Transaction, emailId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE email SET status = 'delivered'
    WHERE id = ${emailId} AND status < 'delivered'
      AND EXISTS (SELECT FROM email_event WHERE email_id = ${emailId} AND type = 'delivered')`;
}
