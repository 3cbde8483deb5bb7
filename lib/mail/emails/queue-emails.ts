import { emailIn } from "@/lib/mail/address/mailbox";
import { countForCampaigns } from "@/lib/mail/emails/campaign-counts";
import type { RecordedEmailEvent } from "@/lib/mail/emails/email-events";
import {
  keepsContent,
  type PlannedEmail,
  storeAmongOthers,
  storeEmails,
} from "@/lib/mail/emails/store-emails";
import {
  type Recipients,
  type Suppressed,
  suppressionsOf,
} from "@/lib/mail/suppressions/find-suppressions";
import { thinQuery } from "@/lib/platform/database/thin-query";
import { isAtomic, type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { CAN_WAIT, type NewJob } from "@/lib/platform/queue/enqueue";
import { Prisma } from "@/prisma/generated/client";
import type { EmailStatus, Environment } from "@/prisma/generated/enums";

export type NewAttachment = {
  filename: string;
  contentType: string;
  /** The name by which `cid:` in the HTML refers to it. */
  contentId: string | null;
  content: Uint8Array<ArrayBuffer>;
};

/** A checked email that is to be sent: its mailboxes parse, and nothing in it breaks out of a header. */
export type NewEmail = {
  /** The caller makes it, since links in the text may carry it. */
  id: string;
  workspaceId: string;
  environment: Environment;
  keyId?: string | null;
  /** The call that sends it, by the id of its row of activity. */
  callId?: string | null;
  campaignId?: string | null;
  testedBy?: string | null;
  contactId?: string | null;
  templateId?: string | null;
  from: string;
  to: readonly string[];
  cc?: readonly string[];
  bcc?: readonly string[];
  replyTo?: readonly string[];
  subject: string;
  html?: string | null;
  text?: string | null;
  headers?: Readonly<Record<string, string>>;
  tags?: readonly { name: string; value: string }[];
  attachments?: readonly NewAttachment[];
  trackOpens?: boolean;
  trackClicks?: boolean;
  /** Leaves out people who have unsubscribed; a campaign's emails always do. */
  skipUnsubscribed?: boolean;
  /** Nobody may read what it says, and that is deleted once the email has ended. */
  forgetBody?: boolean;
  scheduledAt?: Date | null;
};

/** A stored email; its status is `suppressed` when nobody in “to” may get mail. */
export type QueuedEmail = {
  id: string;
  status: Extract<EmailStatus, "scheduled" | "queued" | "suppressed">;
  /** The recipients that get nothing, each with the reason. */
  suppressed: readonly Suppressed[];
  /** The number of people that it goes to. */
  recipients: number;
};

/**
 * Stores emails, each with its first event and the job that delivers it. The number of statements does not
 * grow with the emails. They go out after the commit, or at their `scheduledAt`. An email without a recipient
 * in “to” that may get mail is stored as suppressed and never delivered.
 */
export async function queueEmails(
  tx: Transaction,
  emails: readonly NewEmail[],
  now: Date,
): Promise<QueuedEmail[]> {
  if (emails.length === 0) return [];
  const suppressions = await suppressionsOf(tx, emails.map(placeAndRecipients));
  return await storeWithFiles(tx, planEmails(emails, suppressions, now));
}

/**
 * `queueEmails` for emails of which it is known who may get no mail, as `suppressions` say in the order of the emails.
 * Emails without files are one statement then, outside of any transaction, and share it with other calls.
 */
export async function queueKnown(
  emails: readonly NewEmail[],
  suppressions: readonly (readonly Suppressed[])[],
  now: Date,
): Promise<QueuedEmail[]> {
  if (emails.length === 0) return [];
  const planned = planEmails(emails, suppressions, now);
  if (emails.some(({ attachments = [], campaignId }) => attachments.length > 0 || campaignId)) {
    return await transact((tx) => storeWithFiles(tx, planned));
  }
  if (isAtomic()) await transact((tx) => storeEmails(tx, planned));
  else await storeAmongOthers(planned);
  return planned.map(({ queued }) => queued);
}

async function storeWithFiles(
  tx: Transaction,
  planned: readonly PlannedEmail[],
): Promise<QueuedEmail[]> {
  await storeEmails(tx, planned);
  await insertAttachments(
    tx,
    planned.filter(keepsContent).map(({ email }) => email),
  );
  await countForCampaigns(
    tx,
    planned.flatMap(({ events }) => events),
  );
  return planned.map(({ queued }) => queued);
}

/** A new email as it is stored where nobody among its recipients is suppressed. */
export function planClear(email: NewEmail, now: Date): PlannedEmail {
  const [planned] = planEmails([email], [], now);
  if (!planned) throw new Error("An email was lost on its way.");
  return planned;
}

function planEmails(
  emails: readonly NewEmail[],
  suppressions: readonly (readonly Suppressed[])[],
  now: Date,
): PlannedEmail[] {
  return emails.map((email, at) => {
    const queued = plan(email, suppressions[at] ?? [], now);
    const isWaiting = queued.status !== "suppressed";
    return {
      email,
      queued,
      recipients: recipientsOf(email),
      events: firstEvents(email, queued, now),
      job: isWaiting ? deliveryOf(email, email.scheduledAt) : null,
      createdAt: now,
    };
  });
}

/** The key of the job that delivers an email. */
export function deliveryKey(emailId: string): string {
  return `email:${emailId}`;
}

/** The job that delivers an email. A campaign's thousands of emails can wait, so that a receipt need not. */
export function deliveryOf(
  { id, campaignId }: { id: string; campaignId?: string | null | undefined },
  runAt: Date | null | undefined,
): NewJob {
  return {
    task: "deliver_email",
    payload: { emailId: id },
    jobKey: deliveryKey(id),
    ...(campaignId ? { priority: CAN_WAIT } : {}),
    ...(runAt ? { runAt } : {}),
  };
}

/** The recipients of an email, for `suppressionsOf`. */
export function placeAndRecipients(
  email: Pick<
    NewEmail,
    "workspaceId" | "environment" | "to" | "cc" | "bcc" | "campaignId" | "skipUnsubscribed"
  >,
): Recipients {
  const { workspaceId, environment, to, cc = [], bcc = [] } = email;
  const skipUnsubscribed = Boolean(email.campaignId) || (email.skipUnsubscribed ?? false);
  const emails = recipientsOf({ to, cc, bcc });
  return { workspaceId, environment, emails, skipUnsubscribed };
}

/** The recipients of a message as normalised emails, each once. */
function recipientsOf({ to, cc = [], bcc = [] }: Pick<NewEmail, "to" | "cc" | "bcc">): string[] {
  return [...new Set([...to, ...cc, ...bcc].map(emailIn))];
}

function plan(email: NewEmail, suppressed: readonly Suppressed[], now: Date): QueuedEmail {
  const kept = new Set(suppressed.map(({ email }) => email));
  const reachable = email.to.some((mailbox) => !kept.has(emailIn(mailbox)));
  const later = email.scheduledAt && email.scheduledAt > now;
  const status = reachable ? (later ? "scheduled" : "queued") : "suppressed";
  const { to, cc = [], bcc = [] } = email;
  const named = to.length + cc.length + bcc.length;
  const recipients = reachable ? named - suppressed.length : 0;
  return { id: email.id, status, suppressed, recipients };
}

/** The first events of an email: that it waits, and who gets nothing. */
function firstEvents(
  { campaignId = null, contactId = null, scheduledAt }: NewEmail,
  { id: emailId, status, suppressed }: QueuedEmail,
  now: Date,
): RecordedEmailEvent[] {
  const scheduledFor = scheduledAt?.toISOString() ?? "";
  const waits =
    status === "suppressed"
      ? []
      : [{ type: status, detail: status === "scheduled" ? { scheduledFor } : {}, first: true }];
  const kept = suppressed.map(({ email, reason }, at) => {
    return {
      type: "suppressed" as const,
      detail: { recipients: [email], reason },
      first: at === 0,
    };
  });
  return [...waits, ...kept].map((event) => {
    return { id: newId("eev", now), emailId, campaignId, contactId, at: now, ...event };
  });
}

/** Files go by `thinQuery`, which hands their bytes on: Prisma makes several texts of them on the way. */
async function insertAttachments(tx: Transaction, emails: readonly NewEmail[]): Promise<void> {
  const files = emails.flatMap(({ id, attachments = [] }) =>
    attachments.map(
      ({ filename, contentType, contentId, content }, position) =>
        Prisma.sql`(${id}, ${position}, ${filename}, ${contentType}, ${contentId}, ${content})`,
    ),
  );
  if (files.length === 0) return;
  await thinQuery(
    tx,
    Prisma.sql`
      INSERT INTO email_attachment (email_id, position, filename, content_type, content_id, content)
      VALUES ${Prisma.join(files)}`,
  );
}
