import { refusedBatch } from "@/lib/api/answers/batches";
import {
  acceptedEmailJson,
  changedEmailJson,
  emailBatchJson,
  emailJson,
  emailListJson,
  toAcceptedEmailJson,
  toChangedEmailJson,
  toEmailBatchJson,
  toEmailJson,
  toEmailSummaryJson,
} from "@/lib/api/answers/emails";
import { toListJson } from "@/lib/api/answers/page";
import { failed } from "@/lib/api/errors/from-failure";
import type { Problem } from "@/lib/api/errors/problem";
import { batchHeaders, batchModeOf, MAX_BATCH_VALUES } from "@/lib/api/routes/batch-validation";
import {
  type Answer,
  type Call,
  type Counted,
  counting,
  defineRoute,
  json,
  type Route,
} from "@/lib/api/routes/route";
import { packByteLists } from "@/lib/mail/emails/attachments";
import type { EmailRow } from "@/lib/mail/emails/email-row";
import { getEmail, listEmails } from "@/lib/mail/emails/list-emails";
import { namedRecipients } from "@/lib/mail/emails/named-recipients";
import { cancelEmail, rescheduleEmail } from "@/lib/mail/emails/scheduled-emails";
import {
  documentedEmailBatch,
  EMAIL_ID,
  emailBatchInput,
  listEmailsQuery,
  type RescheduleInput,
  rescheduleInput,
  type SendEmailInput,
  sendEmailInput,
} from "@/lib/mail/emails/schema";
import { sendEmail, sendEmailBatch } from "@/lib/mail/emails/send-emails";
import type { PageQuery } from "@/lib/platform/paging/schema";

/** Enough for ten MiB of attachments as base64, and the rest of the email. */
const MAX_EMAIL_BYTES = 16_777_216;

/** A file of a megabyte can be a list of its bytes. Larger ones are sent as base64, which takes a third of the room. */
const LISTED_FILES = { max: 1_048_576, pack: packByteLists };

/** Emails that a program sends to one person, such as order mails, passwords and reminders. */
export const emailRoutes: readonly Route[] = [
  defineRoute({
    method: "POST",
    path: "/emails",
    scope: "emails:send",
    tag: "Emails",
    summary: "Send an email, now or at a time",
    body: sendEmailInput,
    maxBodyBytes: MAX_EMAIL_BYTES,
    listedBytes: LISTED_FILES,
    recipients: namedRecipients,
    touches: ["recipients"],
    answers: { 200: acceptedEmailJson },
    handle: send,
  }),
  defineRoute({
    method: "POST",
    path: "/emails/batch",
    scope: "emails:send",
    tag: "Emails",
    summary: "Send up to 100 emails at once",
    body: emailBatchInput,
    documentedBody: documentedEmailBatch,
    headers: batchHeaders,
    maxBodyBytes: MAX_EMAIL_BYTES,
    maxBodyValues: MAX_BATCH_VALUES,
    listedBytes: LISTED_FILES,
    touches: ["recipients"],
    recipients: (batch) => batch.reduce<number>((sum, email) => sum + namedRecipients(email), 0),
    answers: { 200: emailBatchJson },
    handle: sendBatch,
  }),
  defineRoute({
    method: "GET",
    path: "/emails",
    scope: "emails:read",
    tag: "Emails",
    summary: "List emails, newest first",
    query: listEmailsQuery,
    touches: ["contactsRead"],
    answers: { 200: emailListJson },
    handle: list,
  }),
  defineRoute({
    method: "GET",
    path: "/emails/:email",
    scope: "emails:read",
    tag: "Emails",
    summary: "Get one email and what happened to it",
    touches: ["contactsRead"],
    answers: { 200: emailJson },
    handle: get,
  }),
  defineRoute({
    method: "PATCH",
    path: "/emails/:email",
    scope: "emails:send",
    tag: "Emails",
    summary: "Give a scheduled email another time",
    body: rescheduleInput,
    touches: [],
    answers: { 200: changedEmailJson },
    problems: ["conflict"],
    handle: reschedule,
  }),
  defineRoute({
    method: "POST",
    path: "/emails/:email/cancel",
    scope: "emails:send",
    tag: "Emails",
    summary: "Cancel a scheduled email",
    touches: [],
    answers: { 200: changedEmailJson },
    problems: ["not_found", "conflict"],
    handle: cancel,
  }),
];

type Reading = Counted<"contactsRead">;
type Sending = Counted<"recipients">;

async function send({
  view,
  body,
  now,
}: Call<unknown, SendEmailInput>): Promise<Sending | Problem> {
  const sent = await sendEmail(view, body, now);
  if (!sent.ok) return failed(sent);
  const { recipients } = sent.value;
  return counting(json(200, toAcceptedEmailJson(sent.value)), { recipients });
}

async function sendBatch({
  view,
  body,
  headers,
  now,
}: Call<unknown, unknown[]>): Promise<Sending | Problem> {
  const mode = batchModeOf(headers);
  if (typeof mode !== "string") return mode;
  const sent = await sendEmailBatch(view, body, mode, now);
  if (mode === "strict" && sent.errors.length > 0) return refusedBatch(sent.errors);
  const recipients = sent.queued.reduce((sum, email) => sum + email.recipients, 0);
  return counting(json(200, toEmailBatchJson(sent, mode)), { recipients });
}

async function list({ view, query }: Call<PageQuery>): Promise<Reading | Problem> {
  const page = await listEmails(view, query);
  if (!page.ok) return failed(page);
  const answer = json(200, toListJson(page.value, toEmailSummaryJson));
  return counting(answer, { contactsRead: peopleIn(page.value.rows) });
}

async function get({ view, params }: Call): Promise<Reading | Problem> {
  const email = await getEmail(view, idIn(params));
  if (!email.ok) return failed(email);
  return counting(json(200, toEmailJson(email.value)), { contactsRead: peopleIn([email.value]) });
}

/** The recipients of emails, each mailbox once. */
function peopleIn(emails: readonly Pick<EmailRow, "to" | "cc" | "bcc">[]): number {
  return new Set(emails.flatMap(({ to, cc, bcc }) => [...to, ...cc, ...bcc])).size;
}

async function reschedule({
  view,
  params,
  body,
  now,
}: Call<unknown, RescheduleInput>): Promise<Answer | Problem> {
  const changed = await rescheduleEmail(view, idIn(params), body, now);
  return changed.ok ? json(200, toChangedEmailJson(changed.value)) : failed(changed);
}

async function cancel({ view, params, now }: Call): Promise<Answer | Problem> {
  const canceled = await cancelEmail(view, idIn(params), now);
  return canceled.ok ? json(200, toChangedEmailJson(canceled.value)) : failed(canceled);
}

/** The id in the path, or “” for a text that cannot be one, which finds nothing. */
function idIn({ email = "" }: Call["params"]): string {
  return EMAIL_ID.test(email) ? email : "";
}
