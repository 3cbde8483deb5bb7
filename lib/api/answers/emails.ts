import { z } from "zod";
import { listJson } from "@/lib/api/answers/page";
import { messageIdOf } from "@/lib/mail/emails/compose";
import { type EmailRow, keptOr, standingOf } from "@/lib/mail/emails/email-row";
import type { WholeEmail } from "@/lib/mail/emails/list-emails";
import type { QueuedEmail } from "@/lib/mail/emails/queue-emails";
import type { SentBatch } from "@/lib/mail/emails/send-emails";
import { ContentGone, type EmailStatus } from "@/prisma/generated/enums";

const emailId = z.string().meta({ example: "eml_01kayq8m4xf2c9r7h3v5w6y8zb" });

/**
 * The statuses in the words of the resend client. The console calls `delivery_delayed` “delayed”. That client knows no
 * “kept”: an email that stayed in the Outbox, of a test key or without a mail server, reached nobody.
 */
const LAST_EVENTS = [
  "scheduled",
  "queued",
  "delivery_delayed",
  "sent",
  "delivered",
  "kept",
  "opened",
  "clicked",
  "unsubscribed",
  "bounced",
  "failed",
  "suppressed",
  "canceled",
] as const;
type LastEvent = (typeof LAST_EVENTS)[number];

/** All that can happen to an email; a machine may load its pictures (`fetched`) or check its links (`scanned`). */
const EVENT_TYPES = [...LAST_EVENTS, "fetched", "scanned"] as const;

const mailboxes = z.array(z.string()).meta({ example: ["Anna Kern <anna@example.com>"] });

const listed = {
  id: emailId,
  message_id: z.string(),
  from: z.string().meta({ example: "Shop <shop@example.com>" }),
  to: mailboxes,
  cc: z.array(z.string()).nullable(),
  bcc: z.array(z.string()).nullable(),
  reply_to: z.array(z.string()).nullable(),
  subject: z.string(),
  last_event: z.enum(LAST_EVENTS),
  created_at: z.iso.datetime(),
  scheduled_at: z.iso.datetime().nullable(),
  /** The campaign that the email belongs to; null for an email that a key sent itself. */
  campaign_id: z.string().nullable(),
};

const emailSummaryJson = z.strictObject(listed).meta({ id: "EmailSummary" });

/** One event of an email. */
const emailEventJson = z
  .strictObject({
    type: z.enum(EVENT_TYPES),
    created_at: z.iso.datetime(),
    /** The recipients that the event is about; null means all of the email's. */
    recipients: z.array(z.string()).nullable(),
    reason: z.string().nullable(),
    /** The answer of the mail server. */
    response: z.string().nullable(),
    next_attempt_at: z.iso.datetime().nullable(),
    /** Whether the message may have gone out twice. */
    possible_duplicate: z.boolean(),
  })
  .meta({ id: "EmailEvent" });

/** An email as the API shows it. */
export const emailJson = z
  .strictObject({
    object: z.literal("email"),
    ...listed,
    html: z.string().nullable(),
    text: z
      .string()
      .nullable()
      .meta({ description: "As it was given; null where it is made from the HTML." }),
    body_state: z.enum(["stored", ...Object.values(ContentGone)]).meta({
      description:
        "Whether html and text are there. They are null with `not_stored` (the key or the call asked that nobody can read them), `expired` (the workspace keeps them for a number of days) and `contact_deleted` (they went with the contact of a recipient, and so did subject and tags).",
    }),
    tags: z.array(z.strictObject({ name: z.string(), value: z.string() })),
    template_id: z.string().nullable(),
    events: z.array(emailEventJson),
  })
  .meta({ id: "Email" });

/** A page of emails, without their texts. */
export const emailListJson = listJson(emailSummaryJson).meta({ id: "EmailList" });

/** The recipients that get nothing, each with the reason. It is left out where there are none. */
const suppressed = z
  .array(
    z.strictObject({
      email: z.string(),
      reason: z.enum(["bounced", "unsubscribed", "manual", "complained"]),
    }),
  )
  .optional();

/** An accepted email. The email and the job that delivers it are stored. */
export const acceptedEmailJson = z
  .strictObject({ id: emailId, suppressed })
  .meta({ id: "AcceptedEmail" });

/** The outcome of a batch. Only a permissive batch has `errors`. */
export const emailBatchJson = z.strictObject({
  data: z.array(acceptedEmailJson),
  errors: z.array(z.strictObject({ index: z.int(), message: z.string() })).optional(),
});

/** A scheduled email that was changed or canceled. */
export const changedEmailJson = z
  .strictObject({ object: z.literal("email"), id: emailId })
  .meta({ id: "ChangedEmail" });

/** Shows an email in a list. */
export function toEmailSummaryJson(row: EmailRow) {
  return {
    id: row.id,
    message_id: messageIdOf(row),
    from: row.from,
    to: row.to,
    cc: orNull(row.cc),
    bcc: orNull(row.bcc),
    reply_to: orNull(row.replyTo),
    subject: row.subject,
    last_event: lastEventOf(row),
    created_at: row.createdAt,
    scheduled_at: row.scheduledAt,
    campaign_id: row.campaignId,
  };
}

/** Shows an email with its texts and events. */
export function toEmailJson(email: WholeEmail) {
  return {
    object: "email" as const,
    ...toEmailSummaryJson(email),
    html: email.content?.html ?? null,
    text: email.content?.text ?? null,
    body_state: email.contentGone ?? ("stored" as const),
    tags: email.tags,
    template_id: email.templateId,
    events: email.events.map(({ type, at, detail }) => ({
      type: eventOf(type, detail.captured !== undefined),
      created_at: at,
      recipients: detail.recipients ?? null,
      reason: detail.reason ?? null,
      response: detail.response ?? null,
      next_attempt_at: detail.nextAttemptAt ?? null,
      possible_duplicate: detail.possibleDuplicate ?? false,
    })),
  };
}

/** Says that an email was accepted, and names the recipients that get nothing. */
export function toAcceptedEmailJson({ id, suppressed: kept }: QueuedEmail) {
  if (kept.length === 0) return { id };
  return { id, suppressed: kept.map(({ email, reason }) => ({ email, reason })) };
}

/** Shows the outcome of a batch. */
export function toEmailBatchJson({ queued, errors }: SentBatch, mode: "strict" | "permissive") {
  const data = queued.map(toAcceptedEmailJson);
  if (mode === "strict") return { data };
  const named = errors.map(({ index, path, message }) => ({
    index,
    message: path ? `${path}: ${message}` : message,
  }));
  return { data, errors: named };
}

/** Says that a scheduled email was changed or canceled. */
export function toChangedEmailJson({ id }: { id: string }) {
  return { object: "email" as const, id };
}

function lastEventOf({ status, captured }: EmailRow): LastEvent {
  return eventOf(standingOf(status), captured);
}

function eventOf<Type extends EmailStatus>(type: Type, captured: boolean) {
  return type === "delayed"
    ? ("delivery_delayed" as const)
    : keptOr(type as Exclude<Type, "delayed">, captured);
}

function orNull(list: readonly string[]): readonly string[] | null {
  return list.length > 0 ? list : null;
}
