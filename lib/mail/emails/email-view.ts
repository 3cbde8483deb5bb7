import { z } from "zod";
import { messageIdOf } from "@/lib/mail/emails/compose";
import type { EmailEventDetail } from "@/lib/mail/emails/email-events";
import { listJson } from "@/lib/platform/paging/schema";
import type { Prisma } from "@/prisma/generated/client";
import type { EmailStatus } from "@/prisma/generated/enums";

/** The columns an email is listed with. */
export const emailSelect = {
  id: true,
  from: true,
  to: true,
  cc: true,
  bcc: true,
  replyTo: true,
  subject: true,
  status: true,
  captured: true,
  keyId: true,
  campaignId: true,
  testedBy: true,
  templateId: true,
  createdAt: true,
  scheduledAt: true,
} satisfies Prisma.EmailSelect;

export type EmailRow = Prisma.EmailGetPayload<{ select: typeof emailSelect }>;

const emailId = z.string().meta({ example: "eml_01kayq8m4xf2c9r7h3v5w6y8zb" });

/** Statuses in the words of the resend client; the console's own word for `delivery_delayed` is “delayed”. */
const LAST_EVENTS = [
  "scheduled",
  "queued",
  "delivery_delayed",
  "sent",
  "delivered",
  "opened",
  "clicked",
  "unsubscribed",
  "bounced",
  "failed",
  "suppressed",
  "canceled",
] as const;
type LastEvent = (typeof LAST_EVENTS)[number];

const addresses = z.array(z.string()).meta({ example: ["Anna Kern <anna@example.com>"] });

const listed = {
  id: emailId,
  message_id: z.string(),
  from: z.string().meta({ example: "Shop <shop@example.com>" }),
  to: addresses,
  cc: z.array(z.string()).nullable(),
  bcc: z.array(z.string()).nullable(),
  reply_to: z.array(z.string()).nullable(),
  subject: z.string(),
  last_event: z.enum(LAST_EVENTS),
  created_at: z.iso.datetime(),
  scheduled_at: z.iso.datetime().nullable(),
  /** The campaign it belongs to, for one that no key sent itself. */
  campaign_id: z.string().nullable(),
};

/** An email in a list. */
export const emailSummaryJson = z.strictObject(listed).meta({ id: "EmailSummary" });

/** One thing that happened to an email. */
export const emailEventJson = z
  .strictObject({
    type: z.enum(LAST_EVENTS),
    created_at: z.iso.datetime(),
    /** The addresses it is about; null: all of the email's. */
    recipients: z.array(z.string()).nullable(),
    reason: z.string().nullable(),
    /** What the mail server answered. */
    response: z.string().nullable(),
    next_attempt_at: z.iso.datetime().nullable(),
    /** True when the message may have gone out twice. */
    possible_duplicate: z.boolean(),
  })
  .meta({ id: "EmailEvent" });

/** An email whole. */
export const emailJson = z
  .strictObject({
    object: z.literal("email"),
    ...listed,
    html: z.string().nullable(),
    text: z
      .string()
      .nullable()
      .meta({ description: "As it was given; null where it is made from the HTML." }),
    tags: z.array(z.strictObject({ name: z.string(), value: z.string() })),
    template_id: z.string().nullable(),
    events: z.array(emailEventJson),
  })
  .meta({ id: "Email" });

export const emailListJson = listJson(emailSummaryJson).meta({ id: "EmailList" });

/** Recipients that get nothing, and why. Left out where there are none. */
const suppressed = z
  .array(
    z.strictObject({ email: z.string(), reason: z.enum(["bounced", "unsubscribed", "manual"]) }),
  )
  .optional();

/** That an email was accepted: it and its delivery are stored. */
export const acceptedEmailJson = z
  .strictObject({ id: emailId, suppressed })
  .meta({ id: "AcceptedEmail" });

/** What became of a batch. `errors` only where it was permissive. */
export const emailBatchJson = z.strictObject({
  data: z.array(acceptedEmailJson),
  errors: z.array(z.strictObject({ index: z.int(), message: z.string() })).optional(),
});

/** That a scheduled email was changed or canceled. */
export const changedEmailJson = z
  .strictObject({ object: z.literal("email"), id: emailId })
  .meta({ id: "ChangedEmail" });

/** An email as lists show it. */
export function toEmailSummary(row: EmailRow) {
  return {
    id: row.id,
    message_id: messageIdOf(row),
    from: row.from,
    to: row.to,
    cc: orNull(row.cc),
    bcc: orNull(row.bcc),
    reply_to: orNull(row.replyTo),
    subject: row.subject,
    last_event: lastEventOf(row.status),
    created_at: row.createdAt.toISOString(),
    scheduled_at: row.scheduledAt?.toISOString() ?? null,
    campaign_id: row.campaignId,
  };
}

type WholeEmail = EmailRow & {
  tags: Prisma.JsonValue;
  content: { html: string | null; text: string | null } | null;
};

type Happened = { type: EmailStatus; at: Date; detail: EmailEventDetail };

/** An email with what it says and what happened to it. */
export function toEmailView(row: WholeEmail, events: readonly Happened[]) {
  return {
    object: "email" as const,
    ...toEmailSummary(row),
    html: row.content?.html ?? null,
    text: row.content?.text ?? null,
    tags: row.tags,
    template_id: row.templateId,
    events: events.map(({ type, at, detail }) => ({
      type: lastEventOf(type),
      created_at: at.toISOString(),
      recipients: detail.recipients ?? null,
      reason: detail.reason ?? null,
      response: detail.response ?? null,
      next_attempt_at: detail.nextAttemptAt ?? null,
      possible_duplicate: detail.possibleDuplicate ?? false,
    })),
  };
}

function lastEventOf(status: EmailStatus): LastEvent {
  return status === "delayed" ? "delivery_delayed" : status;
}

function orNull(list: readonly string[]): readonly string[] | null {
  return list.length > 0 ? list : null;
}
