import { emailIn } from "@/lib/mail/address/mailbox";
import { type NewEmailEvent, recordEmailEvents } from "@/lib/mail/emails/email-events";
import { type Suppressed, suppressionsOf } from "@/lib/mail/suppressions/find-suppressions";
import { thinQuery } from "@/lib/platform/database/thin-query";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import { CAN_WAIT, enqueueJobs, type JobOptions } from "@/lib/platform/queue/enqueue";
import { Prisma } from "@/prisma/generated/client";
import type { ContentGone, EmailStatus, Environment } from "@/prisma/generated/enums";

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
  const queued = emails.map((email, at) => plan(email, suppressions[at] ?? [], now));
  const events = queued.flatMap((outcome, at) => firstEvents(outcome, emails[at]?.scheduledAt));
  await insertEmails(tx, emails, queued, now);
  await insertContents(tx, emails);
  await insertAttachments(tx, emails);
  await recordEmailEvents(tx, events, now);
  await enqueueJobs(
    tx,
    emails.flatMap((email, at) => (queued[at]?.status === "suppressed" ? [] : [deliveryOf(email)])),
  );
  return queued;
}

/** The key of the job that delivers an email. */
export function deliveryKey(emailId: string): string {
  return `email:${emailId}`;
}

/** When and how urgently an email is delivered. A campaign's thousands of emails can wait, so that a receipt need not. */
export function deliveryAt(
  { id, campaignId }: { id: string; campaignId?: string | null | undefined },
  runAt: Date | null | undefined,
): JobOptions {
  return {
    jobKey: deliveryKey(id),
    ...(campaignId ? { priority: CAN_WAIT } : {}),
    ...(runAt ? { runAt } : {}),
  };
}

function deliveryOf(email: NewEmail) {
  const payload = { emailId: email.id };
  return { task: "deliver_email" as const, payload, ...deliveryAt(email, email.scheduledAt) };
}

function placeAndRecipients(email: NewEmail) {
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
  return { id: email.id, status, suppressed };
}

function firstEvents(
  { id: emailId, status, suppressed }: QueuedEmail,
  scheduledAt: Date | null | undefined,
): NewEmailEvent[] {
  const kept = suppressed.map(({ email, reason }): NewEmailEvent => {
    const detail = { recipients: [email], reason };
    return { emailId, type: "suppressed", detail, moves: false };
  });
  if (status === "suppressed") return kept;
  const detail = status === "scheduled" ? { scheduledFor: scheduledAt?.toISOString() ?? "" } : {};
  return [{ emailId, type: status, detail }, ...kept];
}

async function insertEmails(
  tx: Transaction,
  emails: readonly NewEmail[],
  queued: readonly QueuedEmail[],
  now: Date,
): Promise<void> {
  const given = emails.map(
    ({ html: _, text: __, headers: ___, attachments: ____, forgetBody, ...email }, at) => ({
      cc: [],
      bcc: [],
      replyTo: [],
      tags: [],
      trackOpens: false,
      trackClicks: false,
      skipUnsubscribed: false,
      ...email,
      recipients: recipientsOf(email),
      status: queued[at]?.status,
      endedAt: queued[at]?.status === "suppressed" ? now : null,
      contentGone: forgetBody ? ("not_stored" satisfies ContentGone) : null,
    }),
  );
  await tx.$executeRaw`
    INSERT INTO email
      (id, workspace_id, environment, key_id, campaign_id, tested_by, contact_id, template_id, "from", "to", cc, bcc,
       reply_to, recipients, subject, tags, status, track_opens, track_clicks, skip_unsubscribed, created_at,
       scheduled_at, ended_at, content_gone)
    SELECT id, "workspaceId", environment, "keyId", "campaignId", "testedBy", "contactId", "templateId", "from", "to",
           cc, bcc, "replyTo", recipients, subject, tags, status, "trackOpens", "trackClicks", "skipUnsubscribed", ${now},
           "scheduledAt", "endedAt", "contentGone"
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      AS given (id text, "workspaceId" text, environment "Environment", "keyId" text, "campaignId" text,
                "testedBy" text, "contactId" text, "templateId" text, "from" text, "to" text[], cc text[], bcc text[],
                "replyTo" text[], recipients text[], subject text, tags jsonb, status "EmailStatus", "trackOpens" boolean,
                "trackClicks" boolean, "skipUnsubscribed" boolean, "scheduledAt" timestamptz,
                "endedAt" timestamptz, "contentGone" "ContentGone")`;
}

async function insertContents(tx: Transaction, emails: readonly NewEmail[]): Promise<void> {
  const given = emails.map(({ id, html = null, text = null, headers = {} }) => {
    return { id, html, text, headers };
  });
  await tx.$executeRaw`
    INSERT INTO email_content (email_id, html, text, headers)
    SELECT id, html, text, headers
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      AS given (id text, html text, text text, headers jsonb)`;
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
