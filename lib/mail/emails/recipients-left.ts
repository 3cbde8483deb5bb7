import type { NewEmailEvent } from "@/lib/mail/emails/email-events";
import { suppressionsOf } from "@/lib/mail/suppressions/find-suppressions";
import { thinQuery } from "@/lib/platform/database/thin-query";
import type { Reader } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";
import type { Environment } from "@/prisma/generated/enums";

type Addressed = {
  id: string;
  workspaceId: string;
  environment: Environment;
  recipients: string[];
  campaignId: string | null;
  skipUnsubscribed: boolean;
};

/** The recipients that are still to get an email, and the events of those that get none after all. */
export type RecipientsLeft = { left: string[]; events: NewEmailEvent[] };

/**
 * The recipients that are still to get each of these emails, in two statements. They leave out those that have it,
 * bounced or were suppressed, as the email's events say. They also leave out those suppressed since the email was
 * queued, and come with the events to record for them.
 */
export async function recipientsLeft(
  on: Reader,
  emails: readonly Addressed[],
): Promise<RecipientsLeft[]> {
  if (emails.length === 0) return [];
  const settled = await settledRecipients(on, emails);
  const groups = emails.map(({ id, recipients, ...email }) => ({
    ...email,
    emails: recipients.filter((recipient) => !settled.has(`${id} ${recipient}`)),
    skipUnsubscribed: email.campaignId !== null || email.skipUnsubscribed,
  }));
  const suppressions = await suppressionsOf(on, groups);
  return emails.map(({ id: emailId }, at) => {
    const suppressed = suppressions[at] ?? [];
    const kept = new Set(suppressed.map(({ email }) => email));
    const left = (groups[at]?.emails ?? []).filter((email) => !kept.has(email));
    const events = suppressed.map(({ email, reason }): NewEmailEvent => {
      const detail = { recipients: [email], reason };
      return { emailId, type: "suppressed", detail, moves: left.length === 0 };
    });
    return { left, events };
  });
}

/** The recipients of which the events say that nothing more is to be done: “id email”. */
async function settledRecipients(
  on: Reader,
  emails: readonly Addressed[],
): Promise<ReadonlySet<string>> {
  const ids = emails.map(({ id }) => id);
  const told = await thinQuery<{ settled: string }>(
    on,
    Prisma.sql`
      SELECT email_id || ' ' || recipient AS settled
      FROM email_event, jsonb_array_elements_text(detail -> 'recipients') AS recipient
      WHERE email_id = ANY(${ids}::text[]) AND type IN ('delivered', 'bounced', 'suppressed')`,
  );
  return new Set(told.map(({ settled }) => settled));
}
