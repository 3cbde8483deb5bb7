import { recordEmailEvents } from "@/lib/mail/emails/email-events";
import { CLAIM_MS } from "@/lib/mail/emails/email-row";
import { forgetInEvents } from "@/lib/mail/emails/forget-in-events";
import {
  type Forgetting,
  forgettingOf,
  type StoredRecipients,
} from "@/lib/mail/emails/forgotten-recipients";
import { deleteHiddenContents } from "@/lib/mail/emails/hidden-contents";
import { deliveryKey } from "@/lib/mail/emails/queue-emails";
import { settle } from "@/lib/mail/emails/settle";
import { later, MINUTE_MS } from "@/lib/platform/clock";
import { reader, type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { enqueueJob, removeJobs } from "@/lib/platform/queue/enqueue";

/** The emails that one transaction takes recipients out of. */
const FORGET_BATCH = 500;
/** The most batches of one job: well under a minute. */
const BATCHES_MAX = 40;
/** The wait for emails that are on their way. */
const LOOK_AGAIN_MS = MINUTE_MS;

/** Queues the job that takes forgotten recipients out of the emails that still name one. */
export async function queueForgetting(tx: Transaction, runAt: Date): Promise<void> {
  await enqueueJob(tx, "forget_recipients", {}, { jobKey: "forget-recipients", runAt });
}

/**
 * Takes the forgotten recipients out of all emails that still name one, batch by batch. Where some are left, since
 * there are many or some are on their way, a job goes on with them.
 */
export async function forgetAllRecipients(now: Date, batch = FORGET_BATCH): Promise<void> {
  let after = "";
  for (let done = 0; done < BATCHES_MAX; done += 1) {
    const ids = await pendingAfter(after, batch);
    await transact((tx) => forgetRecipients(tx, ids, now));
    if (ids.length < batch) break;
    after = ids.at(-1) ?? after;
  }
  const [left] = await pendingAfter("", 1);
  if (left) await transact((tx) => queueForgetting(tx, later(now, LOOK_AGAIN_MS)));
}

async function pendingAfter(emailId: string, limit: number): Promise<string[]> {
  const rows = await reader().$queryRaw<{ emailId: string }[]>`
    SELECT DISTINCT email_id AS "emailId" FROM forgotten_recipient
    WHERE email_id > ${emailId} ORDER BY email_id LIMIT ${limit}`;
  return rows.map((row) => row.emailId);
}

/**
 * Takes the forgotten recipients out of these emails: each gives its place in the address lists to a mark, events no
 * longer name them, and subject, content, attachments and messages to webhooks go. An email that is still to go out
 * goes on to its other recipients, or is canceled. One that is on its way, or locked by another transaction, waits.
 * Returns the number of emails that are done.
 */
export async function forgetRecipients(
  tx: Transaction,
  emailIds: readonly string[],
  now: Date,
): Promise<number> {
  if (emailIds.length === 0) return 0;
  const rows = await tx.$queryRaw<StoredRecipients[]>`
    SELECT email.id, email.workspace_id AS "workspaceId", email."to", email.cc, email.bcc,
           email.reply_to AS "replyTo", email.recipients, email.status::text AS status,
           email.campaign_id AS "campaignId",
           (SELECT array_agg(email_hash) FROM forgotten_recipient WHERE email_id = email.id) AS hashes
    FROM email
    WHERE id = ANY(${[...emailIds]}::text[])
      AND EXISTS (SELECT FROM forgotten_recipient WHERE email_id = email.id)
      AND (handing_over_since IS NULL OR handing_over_since <= ${later(now, -CLAIM_MS)})
    ORDER BY id FOR UPDATE SKIP LOCKED`;
  const emails = rows.map(forgettingOf);
  if (emails.length === 0) return 0;
  await storeMarks(tx, emails);
  const ids = emails.map(({ id }) => id);
  await tx.webhookEvent.deleteMany({ where: { objectId: { in: ids } } });
  const events = await forgetInEvents(tx, emails);
  await recordEmailEvents(tx, events, now);
  const ended = events.filter(({ type }) => type === "canceled").map(({ emailId }) => emailId);
  await settle(tx, ended, now);
  await removeJobs(tx, ended.map(deliveryKey));
  await deleteHiddenContents(tx, ids);
  await tx.forgottenRecipient.deleteMany({ where: { emailId: { in: ids } } });
  return emails.length;
}

/** Subject and tags may name the person. An email that still goes to others has its subject beside its content. */
async function storeMarks(tx: Transaction, emails: readonly Forgetting[]): Promise<void> {
  const open = emails.filter(({ isOpen }) => isOpen).map(({ id }) => id);
  await tx.$executeRaw`
    UPDATE email_content SET subject = email.subject FROM email
    WHERE email.id = email_id AND email_id = ANY(${open}::text[]) AND email.subject <> ''`;
  const given = emails.map(({ id, marked, recipientHash }) => ({ id, ...marked, recipientHash }));
  await tx.$executeRaw`
    UPDATE email
    SET "to" = given."to", cc = given.cc, bcc = given.bcc, reply_to = given."replyTo",
        recipients = given.recipients, subject = '', tags = '[]', content_gone = 'contact_deleted',
        recipient_hash = COALESCE(given."recipientHash", recipient_hash)
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      AS given (id text, "to" text[], cc text[], bcc text[], "replyTo" text[], recipients text[],
                "recipientHash" text)
    WHERE email.id = given.id`;
}
