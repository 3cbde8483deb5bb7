import { emailHashes } from "@/lib/mail/address/email-hash";
import { domainOf, emailIn } from "@/lib/mail/address/mailbox";
import {
  type NewEmail,
  placeAndRecipients,
  planClear,
  type QueuedEmail,
} from "@/lib/mail/emails/queue-emails";
import { type PlannedEmail, storeClear } from "@/lib/mail/emails/store-emails";
import { WORKSPACE_SENDS } from "@/lib/mail/sending-domains/sender-domains";
import { ANY_SUPPRESSED } from "@/lib/mail/suppressions/find-suppressions";
import { Folding } from "@/lib/platform/folding";
import { processWide } from "@/lib/platform/process-wide";
import { Prisma } from "@/prisma/generated/client";

/** The most emails of several calls that one statement stores. */
const TOGETHER_MAX = 50;

/**
 * Queues an email if nobody among its recipients is suppressed and its workspace sends from its domain, as nearly all
 * emails are: one statement that looks and stores. Null where something stands against it, and nothing is stored then.
 * The email has no files, and the caller has seen that its key may send from the domain. Calls that come at once share a
 * statement.
 */
export async function queueIfClear(email: NewEmail, now: Date): Promise<QueuedEmail | null> {
  const planned = planClear(email, now);
  return (await stores().add("", planned)) ? planned.queued : null;
}

function stores(): Folding<PlannedEmail, boolean> {
  return processWide(
    "clear-email-stores",
    () => new Folding({ work: storeTogether, fits: () => true, max: TOGETHER_MAX }),
  );
}

async function storeTogether(planned: readonly PlannedEmail[]): Promise<boolean[]> {
  const stored = await storeClear(selectingClear(planned), planned);
  return planned.map(({ email }) => stored.has(email.id));
}

/** SQL for the emails that nothing stands against, and the one contact that each goes to. */
function selectingClear(planned: readonly PlannedEmail[]): Prisma.Sql {
  const asked = planned.map(({ email }) => {
    const { workspaceId, environment, emails, skipUnsubscribed } = placeAndRecipients(email);
    const [only, ...others] = email.to;
    const hashes = emails.flatMap((address) => emailHashes(workspaceId, address));
    const alone = only && others.length === 0 ? emailIn(only) : null;
    const domain = domainOf(emailIn(email.from));
    return { id: email.id, workspaceId, environment, domain, alone, hashes, skipUnsubscribed };
  });
  return Prisma.sql`
    SELECT asked.id AS clear_id, (
        SELECT id FROM contact WHERE workspace_id = asked."workspaceId" AND environment = asked.environment
          AND email = asked.alone) AS alone_contact
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
      AS asked (id text, "workspaceId" text, environment "Environment", domain text, alone text, hashes text[],
                "skipUnsubscribed" boolean)
    WHERE ${WORKSPACE_SENDS} AND NOT ${ANY_SUPPRESSED}`;
}
