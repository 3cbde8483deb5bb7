import { inTurnForAttachments } from "@/lib/mail/emails/attachment-turns";
import { thinQuery } from "@/lib/platform/database/thin-query";
import { reader } from "@/lib/platform/database/unit-of-work";
import { Folding } from "@/lib/platform/folding";
import { processWide } from "@/lib/platform/process-wide";
import { Prisma } from "@/prisma/generated/client";

/** The most emails that one statement reads. */
const TOGETHER_MAX = 50;

/** Everything that an email is composed of but its attachments. */
export type StoredEmail = {
  id: string;
  workspaceId: string;
  from: string;
  to: string[];
  cc: string[];
  replyTo: string[];
  subject: string;
  createdAt: Date;
  scheduledAt: Date | null;
  html: string | null;
  text: string | null;
  headers: Record<string, string>;
  /** The size of its attachments; null where it has none. */
  fileBytes: number | null;
};

/**
 * Runs `work` with a stored email, to compose it; null when the email is gone. Emails asked for at the same time are
 * read together. One with attachments waits until there is room for them in memory.
 */
export async function withStoredEmail<T>(
  id: string,
  work: (email: StoredEmail) => Promise<T>,
): Promise<T | null> {
  const email = await storedEmails().add("", id);
  if (!email) return null;
  if (email.fileBytes === null) return await work(email);
  return await inTurnForAttachments(email.workspaceId, email.fileBytes, async () => {
    // It may have changed while it waited.
    const present = await storedEmails().add("", id);
    return present ? await work(present) : null;
  });
}

function storedEmails(): Folding<string, StoredEmail | undefined> {
  return processWide(
    "stored-emails",
    () => new Folding({ work: readEmails, fits: () => true, max: TOGETHER_MAX }),
  );
}

async function readEmails(ids: readonly string[]): Promise<(StoredEmail | undefined)[]> {
  const rows = await thinQuery<StoredEmail>(
    reader(),
    Prisma.sql`
      SELECT email.id, workspace_id AS "workspaceId", "from", "to", cc, reply_to AS "replyTo",
             COALESCE(content.subject, email.subject) AS subject, created_at AS "createdAt",
             scheduled_at AS "scheduledAt", html, text, COALESCE(headers, '{}') AS headers,
             (SELECT sum(octet_length(content))::int FROM email_attachment
              WHERE email_id = email.id) AS "fileBytes"
      FROM email LEFT JOIN email_content AS content ON content.email_id = email.id
      WHERE email.id = ANY(${[...ids]}::text[])`,
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => found.get(id));
}
