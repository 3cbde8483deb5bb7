import { z } from "zod";
import { invisibleInMailbox, isHeaderText, parseMailbox } from "@/lib/mail/address/mailbox";
import { attachments, ONE_LINE } from "@/lib/mail/emails/attachments";
import { refuseHeader } from "@/lib/mail/emails/header-lines";
import { CONTENT_DAYS, EMAIL_STATUSES, RECIPIENT_SEARCH_MAX } from "@/lib/mail/emails/limits";
import { scheduledAt } from "@/lib/mail/emails/scheduled-at";
import { templateChoice } from "@/lib/mail/emails/template-choice";
import { NO_TOPICS } from "@/lib/mail/names";
import { pageQuery } from "@/lib/platform/paging/schema";
import { boundedText, plainText } from "@/lib/platform/text";

/** The most mailboxes that each of to, cc, bcc and reply_to may name. */
export const ADDRESSES_MAX = 50;
export const MAILBOX_MAX = 500;
export const SUBJECT_MAX = 998;
export const MESSAGE_MAX_CHARS = 2 * 1_024 * 1_024;
export const HEADERS_MAX = 50;
export const HEADER_MAX = 2_000;
export const TAGS_MAX = 50;
export const EMAIL_BATCH_MAX = 100;

/** The form of an email's id. */
export const EMAIL_ID = /^eml_[0-9a-z]{26}$/;

const MAILBOX_HINT = "Use an address such as anna@example.com or Anna Kern <anna@example.com>.";
const TOO_LONG = `Use at most ${MAILBOX_MAX} characters.`;

/** The fault of a text that should be one mailbox; null where it is one. */
function mailboxFault(text: string): string | null {
  if (text.length > MAILBOX_MAX) return TOO_LONG;
  return parseMailbox(text) ? null : (invisibleInMailbox(text) ?? MAILBOX_HINT);
}

const mailbox = boundedText(MAILBOX_MAX, { error: MAILBOX_HINT })
  .trim()
  .superRefine((text, context) => {
    const message = mailboxFault(text);
    if (message) context.addIssue({ code: "custom", message });
  })
  .meta({ example: "Shop <shop@example.com>" });

/** One mailbox or a list of them. Each is checked by itself, so that the error names the place of a wrong one. */
const mailboxes = z
  .union([z.string(), z.array(z.string())], { error: "Give an address or a list of addresses." })
  .transform((given, context) => {
    const list = typeof given === "string" ? [given.trim()] : given.map((text) => text.trim());
    if (list.length > ADDRESSES_MAX) {
      context.addIssue({ code: "custom", message: `Use at most ${ADDRESSES_MAX} addresses.` });
      return z.NEVER;
    }
    for (const [at, text] of list.entries()) {
      const message = mailboxFault(text);
      if (!message) continue;
      const path = typeof given === "string" ? [] : [at];
      context.addIssue({ code: "custom", message, path });
    }
    return list;
  })
  .meta({ example: ["Anna Kern <anna@example.com>"] });

const headerText = boundedText(HEADER_MAX).refine(isHeaderText, { message: ONE_LINE });

/** Headers that make up the message itself, or that mail servers write. */
const RESERVED_HEADER =
  /^(from|to|cc|bcc|reply-to|sender|subject|date|message-id|return-path|received|delivered-to|mime-version|content-.*|resent-.*|arc-.*|dkim-signature|authentication-results)$/i;
const HEADER_NAME = /^[A-Za-z0-9-]{1,76}$/;

const headers = z
  .record(
    z
      .string()
      .regex(HEADER_NAME, {
        error: "Header names are made of letters, digits and “-”.",
        abort: true,
      })
      .refine((name) => !RESERVED_HEADER.test(name), {
        message: "This header is written by us: use the email's own fields.",
      }),
    headerText,
  )
  .refine((map) => Object.keys(map).length <= HEADERS_MAX, {
    message: `Use at most ${HEADERS_MAX} headers.`,
  })
  .superRefine((map, context) => {
    for (const [name, value] of Object.entries(map)) {
      const message = refuseHeader(name, value);
      if (message) context.addIssue({ code: "custom", message, path: [name] });
    }
  });

const tagPart = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,256}$/, "Use up to 256 letters, digits, “_” and “-”.");

const tags = z
  .array(z.strictObject({ name: tagPart, value: tagPart }))
  .max(TAGS_MAX, `Use at most ${TAGS_MAX} tags.`);

const message = boundedText(MESSAGE_MAX_CHARS, { tooLong: "A message has at most 2 MiB." });

/** An email to send. Its content is given as `html`, `text` or both, or made from a template. */
export const sendEmailInput = z
  .strictObject({
    from: mailbox,
    to: mailboxes.refine((list) => list.length > 0, { message: "Name somebody to send it to." }),
    cc: mailboxes.optional(),
    bcc: mailboxes.optional(),
    reply_to: mailboxes.optional(),
    /** The template's own subject when left out. */
    subject: boundedText(SUBJECT_MAX)
      .min(1, "Write a subject.")
      .refine(isHeaderText, { message: ONE_LINE })
      .optional(),
    html: message.optional(),
    text: message.optional().meta({
      description:
        "The plain text part. Without one it is made from the HTML; an empty one sends none.",
    }),
    headers: headers.optional(),
    tags: tags.optional(),
    attachments: attachments.optional(),
    scheduled_at: scheduledAt.optional(),
    template: templateChoice.optional(),
    skip_unsubscribed: z.boolean("Use true or false.").optional().meta({
      description:
        "Leaves out recipients who have unsubscribed. Without it they get this email: an unsubscribe holds for campaigns. A key can be set to leave them out always.",
    }),
    store_body: z.boolean("Use true or false.").optional().meta({
      description:
        "With false, nobody can read what this email says, in the console or by the API, not even while it waits, and it is deleted once the email has ended. The subject stays. A key can be set to do so always; true does not overrule that.",
    }),
    topic_id: NO_TOPICS,
  })
  .refine(({ html, text, template }) => html !== undefined || text !== undefined || template, {
    path: ["html"],
    error: "Say something: give html, text or a template.",
  })
  .refine(({ html, text, template }) => !template || (html === undefined && text === undefined), {
    path: ["template"],
    error: "Use either a template, or html and text.",
  })
  .refine(({ subject, template }) => subject !== undefined || template, {
    path: ["subject"],
    error: "This field is required.",
  });
export type SendEmailInput = z.infer<typeof sendEmailInput>;

/** A batch of emails; each entry is checked later by itself, since a permissive batch takes the good ones. */
export const emailBatchInput = z
  .array(z.unknown())
  .min(1, "Send at least one email.")
  .max(EMAIL_BATCH_MAX, `Send at most ${EMAIL_BATCH_MAX} emails at a time.`);

/** The batch as the API reference describes it, with the schema of its entries. */
export const documentedEmailBatch = z.array(sendEmailInput).min(1).max(EMAIL_BATCH_MAX);

export const rescheduleInput = z.strictObject({ scheduled_at: scheduledAt });
export type RescheduleInput = z.infer<typeof rescheduleInput>;
/** The days of a new workspace, as the column's default has them. */
export const DEFAULT_CONTENT_DAYS = 30;

export const contentDaysInput = z.strictObject({ days: z.literal(CONTENT_DAYS) });
export type ContentDaysInput = z.infer<typeof contentDaysInput>;

export const emailIdInput = z.strictObject({ id: z.string().regex(EMAIL_ID) });

export const listEmailsQuery = z.strictObject(pageQuery);

/**
 * The query in the URL of the Emails page. An unknown value counts as not given, since people shorten and
 * mistype URLs.
 */
export const emailsPageQuery = z.object({
  environment: z.enum(["live", "test"]).catch("live"),
  status: z.enum(["all", ...EMAIL_STATUSES]).catch("all"),
  /** The id of the key or campaign that sent the emails. */
  sender: z
    .string()
    .regex(/^(key|cmp)_[0-9a-z]{26}$/)
    .catch(""),
  /** The whole email of a recipient. */
  recipient: plainText(RECIPIENT_SEARCH_MAX).catch(""),
  after: pageQuery.after.catch(undefined),
  before: pageQuery.before.catch(undefined),
  /** The id of the email that is open. */
  email: z.string().regex(EMAIL_ID).catch(""),
  /** The form in which the open email is shown. */
  view: z.enum(["preview", "text", "source"]).catch("preview"),
});
export type EmailsPageQuery = z.infer<typeof emailsPageQuery>;
