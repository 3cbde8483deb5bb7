import { z } from "zod";
import { invisibleInMailbox, parseMailbox } from "@/lib/mail/address/mailbox";
import {
  CAMPAIGN_NAME_MAX,
  CAMPAIGN_STATUSES,
  RECIPIENT_STATUSES,
  SENDER_MAX,
} from "@/lib/mail/campaigns/limits";
import { fieldToLeaveOut, NO_TOPICS } from "@/lib/mail/names";
import { htmlTemplate, subjectTemplate, textTemplate } from "@/lib/mail/templates/schema";
import { anyId } from "@/lib/people/auth/schema";
import { instant } from "@/lib/platform/instant";
import { pageQuery } from "@/lib/platform/paging/schema";
import { boundedText, plainText } from "@/lib/platform/text";
export const REPLY_TO_MAX = 10;

/** The name of a campaign; its recipients never see it. */
export const campaignName = plainText(CAMPAIGN_NAME_MAX).refine((text) => text.length > 0, {
  message: "Give the campaign a name.",
});

/** A sender or a reply-to, as mail programs show it. */
const mailbox = boundedText(SENDER_MAX)
  .trim()
  .superRefine((text, context) => {
    if (parseMailbox(text)) return;
    const message = invisibleInMailbox(text) ?? "Write an address, such as Acme <hello@acme.com>.";
    context.addIssue({ code: "custom", message });
  });

const replyTo = z
  .union([mailbox, z.array(mailbox).max(REPLY_TO_MAX)])
  .transform((given) => (typeof given === "string" ? [given] : given));

/** A campaign to draft: from a template, from texts of its own, or from a template with some parts replaced. */
export const createCampaignInput = z
  .strictObject({
    name: campaignName,
    audience_id: anyId.optional(),
    /** The resend client's word for `audience_id`. */
    segment_id: anyId.optional(),
    from: mailbox,
    reply_to: replyTo.optional(),
    template_id: anyId.optional(),
    subject: subjectTemplate.optional(),
    html: htmlTemplate.optional(),
    text: textTemplate.optional(),
    preview_text: fieldToLeaveOut("A preview text stands at the top of the HTML here."),
    topic_id: NO_TOPICS,
  })
  .refine(
    ({ audience_id, segment_id }) => (audience_id === undefined) !== (segment_id === undefined),
    {
      path: ["audience_id"],
      error: "Name the audience it goes to, once.",
    },
  )
  .refine(({ template_id, subject }) => template_id !== undefined || subject !== undefined, {
    path: ["subject"],
    error: "Write a subject, or name a template.",
  })
  .refine(({ template_id, html }) => template_id !== undefined || html !== undefined, {
    path: ["html"],
    error: "Write the message, or name a template.",
  });
export type CreateCampaignInput = z.infer<typeof createCampaignInput>;

export const sendCampaignInput = z.strictObject({ scheduled_at: instant.optional() });
export type SendCampaignInput = z.infer<typeof sendCampaignInput>;

export const listCampaignsQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(CAMPAIGN_STATUSES).optional(),
});
export type ListCampaignsQuery = z.infer<typeof listCampaignsQuery>;
export type RecipientStatus = (typeof RECIPIENT_STATUSES)[number];

export const listRecipientsQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(RECIPIENT_STATUSES).optional(),
});
export type ListRecipientsQuery = z.infer<typeof listRecipientsQuery>;

const environment = z.enum(["live", "test"]);

/** Splits a line into its mailboxes, at the commas outside quoted names. Everything else stays in one of them. */
export function mailboxesIn(line: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '"') isQuoted = !isQuoted;
    else if (line[at] === "\\" && isQuoted) at += 1;
    else if (line[at] === "," && !isQuoted) {
      parts.push(line.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(line.slice(from));
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

const replyToLine = boundedText(REPLY_TO_MAX * SENDER_MAX).refine(
  (line) => z.array(mailbox).max(REPLY_TO_MAX).safeParse(mailboxesIn(line)).success,
  { message: `Write addresses between commas, at most ${REPLY_TO_MAX}.` },
);

/** A draft as the console's form sends it. */
export const campaignDraftInput = z.strictObject({
  name: campaignName,
  audienceId: anyId.refine((id) => id.length > 0, { message: "Choose who gets it." }),
  from: mailbox,
  /** Mailboxes for replies, between commas; without any, replies go to the sender. */
  replyTo: replyToLine,
  subject: subjectTemplate,
  html: htmlTemplate,
  text: textTemplate,
  environment,
});
export type CampaignDraftInput = z.infer<typeof campaignDraftInput>;

export const editCampaignInput = campaignDraftInput.extend({
  id: anyId,
  /** The time of the last change the member saw: of two who edit at once, the second is refused. */
  updatedAt: instant,
});
export type EditCampaignInput = z.infer<typeof editCampaignInput>;

export const startCampaignInput = z.strictObject({
  id: anyId,
  /** The time to send it; at once when left out. */
  scheduledAt: instant.optional(),
  /** The time of the last change the member saw: a campaign that changed meanwhile is not sent. */
  updatedAt: instant,
});
export type StartCampaignInput = z.infer<typeof startCampaignInput>;

export const campaignIdInput = z.strictObject({ id: anyId });

/** A message, and the contact to show it for before it is sent. */
export const previewInput = z.strictObject({
  subject: boundedText(10_000),
  html: textTemplate,
  text: textTemplate,
  environment,
  /** The sender of the message; a campaign's always ends with an unsubscribe link. */
  sentBy: z.enum(["campaign", "key"]),
  audienceId: anyId.optional(),
  /** The beginning of the contact's email or name; the first contact when left out. */
  search: plainText(200).optional(),
});
export type PreviewInput = z.infer<typeof previewInput>;

/** A campaign's message as its preview shows it, to send to the member who asks for it. */
export const testEmailInput = previewInput.omit({ sentBy: true }).extend({
  from: mailbox,
  replyTo: replyToLine,
  subject: subjectTemplate,
  html: htmlTemplate,
});
export type TestEmailInput = z.infer<typeof testEmailInput>;

/** The query in the URL of the campaigns page. An unknown value counts as not given. */
export const campaignsPageQuery = z.object({
  environment: environment.catch("live"),
  status: z.enum(["all", ...CAMPAIGN_STATUSES]).catch("all"),
  after: pageQuery.after.catch(undefined),
  before: pageQuery.before.catch(undefined),
});
export type CampaignsPageQuery = z.infer<typeof campaignsPageQuery>;

/** The query in the URL of the new campaign page. */
export const newCampaignPageQuery = z.object({
  environment: environment.catch("live"),
  /** The id of the campaign that the new one starts as a copy of. */
  copy: anyId.catch(""),
});

/** The query in the URL of a campaign's page. */
export const campaignPageQuery = z.object({
  status: z.enum(["all", ...RECIPIENT_STATUSES]).catch("all"),
  after: pageQuery.after.catch(undefined),
  before: pageQuery.before.catch(undefined),
});
export type CampaignPageQuery = z.infer<typeof campaignPageQuery>;

export const exportRecipientsInput = z.object({
  status: z.enum(["all", ...RECIPIENT_STATUSES]).catch("all"),
});
