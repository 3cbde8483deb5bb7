import { emailHash } from "@/lib/mail/address/email-hash";
import { wireForm } from "@/lib/mail/address/mailbox";
import { spellingsOfEmail, withoutEmail } from "@/lib/mail/address/without-mailbox";
import { forgetRecipients, queueForgetting } from "@/lib/mail/emails/forget-recipients";
import type { View } from "@/lib/people/auth/view";
import type { Transaction } from "@/lib/platform/database/unit-of-work";

/** The emails that are seen to before the deletion is answered. */
export const FIRST_PART = 200;

type Forgotten = { id: string; email: string };

/**
 * Takes a deleted contact out of the emails that went, or are to go, to its email or to a former one, and of those
 * that are answered to it. All of them are noted in one statement. The first are seen to at once, and a job sees to
 * the rest: there may be a hundred thousand.
 */
export async function forgetInEmails(
  tx: Transaction,
  view: View,
  contact: Forgotten,
  now: Date,
): Promise<void> {
  const { total, first } = await noteEmails(tx, view, contact);
  const done = await forgetRecipients(tx, first, now);
  if (done < total) await queueForgetting(tx, now);
  await forgetInRefusals(tx, view, contact.email);
}

/** Notes the emails that name the contact, and returns their number and the ids of the first. */
async function noteEmails(
  tx: Transaction,
  { workspaceId, environment }: View,
  { id, email }: Forgotten,
): Promise<{ total: number; first: string[] }> {
  const hash = emailHash(workspaceId, email);
  const forms = [...new Set([email, wireForm(email)])];
  const rows = await tx.$queryRaw<{ total: number; first: string[] }[]>`
    WITH named AS (
      SELECT id, ${hash} AS hash FROM email
      WHERE recipients && ${forms}::text[]
        AND workspace_id = ${workspaceId} AND environment = ${environment}::"Environment"
      UNION ALL
      SELECT id, ${hash} FROM email
      WHERE reply_to <> '{}' AND emails_in(reply_to) && ${forms}::text[]
        AND workspace_id = ${workspaceId} AND environment = ${environment}::"Environment"
      UNION ALL
      SELECT id, encode(sha256(convert_to(workspace_id || ' ' || recipients[1], 'UTF8')), 'hex')
      FROM email
      WHERE contact_id = ${id} AND workspace_id = ${workspaceId}
        AND NOT recipients && ${forms}::text[]),
    noted AS (
      INSERT INTO forgotten_recipient (email_id, email_hash)
      SELECT id, hash FROM named ON CONFLICT DO NOTHING RETURNING email_id)
    SELECT (SELECT count(DISTINCT email_id)::int FROM noted) AS total,
           ARRAY(SELECT email_id FROM noted ORDER BY email_id DESC LIMIT ${FIRST_PART}) AS first`;
  return rows[0] ?? { total: 0, first: [] };
}

/** The answer for which a workspace's sending is paused stands on its pages, word for word. */
async function forgetInRefusals(
  tx: Transaction,
  { workspaceId }: View,
  email: string,
): Promise<void> {
  const streak = await tx.refusalStreak.findUnique({ where: { workspaceId } });
  if (!streak) return;
  const response = withoutEmail(streak.response, spellingsOfEmail(email));
  if (response === streak.response) return;
  await tx.refusalStreak.updateMany({ where: { workspaceId }, data: { response } });
}
