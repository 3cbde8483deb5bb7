import { detectMimeType } from "nodemailer/lib/mime-funcs";
import { lookUpSending, recipientsOf } from "@/lib/mail/emails/look-up-sending";
import { type NewEmail, type QueuedEmail, queueKnown } from "@/lib/mail/emails/queue-emails";
import { queueIfClear } from "@/lib/mail/emails/queue-if-clear";
import { isTemplated, renderTemplates } from "@/lib/mail/emails/render-templates";
import { refuseTime } from "@/lib/mail/emails/scheduled-at";
import { type SendEmailInput, sendEmailInput } from "@/lib/mail/emails/schema";
import { limitNames, refuseSender } from "@/lib/mail/sending-domains/sender-domains";
import type { Suppressed } from "@/lib/mail/suppressions/find-suppressions";
import type { View } from "@/lib/people/auth/view";
import { isAtomic } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { type Failure, invalidInput, ok, type Result } from "@/lib/platform/result";
import { mapUnhurried } from "@/lib/platform/unhurried";

/** An email that is ready to be stored, and who of its recipients may get no mail. */
type Ready = { email: NewEmail; suppressed: readonly Suppressed[] };
type Prepared = Result<Ready, "validation_error">;

/**
 * Accepts an email: the email and the job that delivers it are committed when this returns. Fails with
 * `validation_error` for a `from` outside the sending domains, for a time that is past, and for a template that
 * does not exist or cannot be filled in.
 */
export async function sendEmail(
  view: View,
  input: SendEmailInput,
  now: Date,
): Promise<Result<QueuedEmail, "validation_error">> {
  const queued = await queueAtOnce(view, input, now);
  if (queued) return ok(queued);
  const [prepared] = await prepare(view, [ok(input)], now);
  if (!prepared) throw new Error("An email was lost on its way.");
  if (!prepared.ok) return prepared;
  const [stored] = await store([prepared.value], now);
  if (!stored) throw new Error("An email was lost on its way.");
  return ok(stored);
}

/**
 * Accepts an ordinary email in one statement. Null for what has to be looked at first: a template, files, a time that is
 * past, and a sender or recipients that something stands against.
 */
async function queueAtOnce(
  view: View,
  input: SendEmailInput,
  now: Date,
): Promise<QueuedEmail | null> {
  const { from, scheduled_at: at, attachments } = input;
  if (isAtomic() || isTemplated(input) || attachments?.length || !limitNames(view, from))
    return null;
  if (at && refuseTime(at, now)) return null;
  return await queueIfClear(toNewEmail(view, input, contentOf(input), now), now);
}

export type BatchError = { index: number; path: string; message: string };
export type SentBatch = { queued: QueuedEmail[]; errors: BatchError[] };

/**
 * Accepts a batch of emails in one transaction. When one of them fails, `strict` takes none and returns `queued`
 * empty, while `permissive` takes the others.
 */
export async function sendEmailBatch(
  view: View,
  batch: readonly unknown[],
  mode: "strict" | "permissive",
  now: Date,
): Promise<SentBatch> {
  const read = await mapUnhurried(batch, (value): Result<SendEmailInput, "validation_error"> => {
    const parsed = sendEmailInput.safeParse(value);
    return parsed.success ? ok(parsed.data) : invalidInput(parsed.error);
  });
  const prepared = await prepare(view, read, now);
  const errors = prepared.flatMap((email, index) => (email.ok ? [] : errorsOf(index, email)));
  if (mode === "strict" && errors.length > 0) return { queued: [], errors };
  const emails = prepared.flatMap((email) => (email.ok ? [email.value] : []));
  const queued = await store(emails, now);
  return { queued, errors };
}

function errorsOf(index: number, { message, fieldErrors }: Failure<string>): BatchError[] {
  if (!fieldErrors) return [{ index, path: "", message }];
  return Object.entries(fieldErrors).flatMap(([path, messages]) =>
    messages.map((text) => ({ index, path, message: text })),
  );
}

/** Makes emails that are ready to be stored, or says why not. An input that failed before stays failed. */
async function prepare(
  view: View,
  inputs: readonly Result<SendEmailInput, "validation_error">[],
  now: Date,
): Promise<Prepared[]> {
  const readable = inputs.flatMap((input) => (input.ok ? [input.value] : []));
  const known = await lookUpSending(view, readable);
  const allowed = inputs.map((input) => {
    if (!input.ok) return input;
    const { from, scheduled_at: at } = input.value;
    return refuseSender(known.domains, from) ?? (at ? refuseTime(at, now) : null) ?? input;
  });
  const rendered = await renderTemplates(
    view,
    allowed.map((input) => (input.ok && isTemplated(input.value) ? input.value : null)),
    now,
  );
  return allowed.map((input, at): Prepared => {
    if (!input.ok) return input;
    const content = rendered[at] ?? ok(contentOf(input.value));
    if (!content.ok) return content;
    const place = readable.indexOf(input.value);
    const contactId = known.contactIds[place] ?? null;
    const email = { ...toNewEmail(view, input.value, content.value, now), contactId };
    return ok({ email, suppressed: known.suppressions[place] ?? [] });
  });
}

/** The content of an email. */
export type Content = { subject: string; html: string | null; text: string | null };

function contentOf({ subject, html, text }: SendEmailInput): Content {
  return { subject: subject ?? "", html: html ?? null, text: text ?? null };
}

function toNewEmail(view: View, input: SendEmailInput, content: Content, now: Date): NewEmail {
  const { from, reply_to = [], headers = {}, tags = [] } = input;
  return {
    id: newId("eml", now),
    ...recipientsOf(view, input),
    keyId: view.actorId,
    callId: view.actor.kind === "key" ? view.actor.callId : null,
    templateId: input.template?.id ?? null,
    from,
    replyTo: reply_to,
    headers,
    tags,
    ...content,
    scheduledAt: input.scheduled_at ?? null,
    forgetBody: view.forgetBodies || input.store_body === false,
    attachments: (input.attachments ?? []).map((file) => ({
      filename: file.filename,
      contentType:
        file.content_type ?? (detectMimeType(file.filename) || "application/octet-stream"),
      contentId: file.content_id ?? null,
      content: file.content,
    })),
  };
}

async function store(ready: readonly Ready[], now: Date): Promise<QueuedEmail[]> {
  return await queueKnown(
    ready.map(({ email }) => email),
    ready.map(({ suppressed }) => suppressed),
    now,
  );
}
