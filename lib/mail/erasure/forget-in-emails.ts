import { emailHash } from "@/lib/mail/address/email-hash";
import { wireForm } from "@/lib/mail/address/mailbox";
import { spellingsOfEmail, withoutEmail } from "@/lib/mail/address/without-mailbox";
import { forgetRecipients, queueForgetting } from "@/lib/mail/emails/forget-recipients";
import type { View } from "@/lib/people/auth/view";
import { HOUR_MS, later } from "@/lib/platform/clock";
import type { Transaction } from "@/lib/platform/database/unit-of-work";

/** The emails that are seen to before the deletion is answered. */
export const FIRST_PART = 200;
/** Longer than a transaction lasts that makes emails, and could not be seen yet when the others were noted. */
const UNSEEN_MS = HOUR_MS;

type Forgotten = { id: string; email: string };

/** The contact's email by which emails were noted, their number, and the ids of the newest. */
export type NotedEmails = { email: string; total: number; first: readonly string[] };

/**
 * Takes a deleted contact out of the emails that went, or are to go, to its email or to a former one, and of those
 * that are answered to it: those that `noteEmails` noted before, and those made since. The first are seen to at once,
 * and a job sees to the rest: there may be a hundred thousand.
 */
export async function forgetInEmails(
  tx: Transaction,
  view: View,
  contact: Forgotten,
  noted: NotedEmails,
  now: Date,
): Promise<void> {
  // A contact that was given another email meanwhile is looked for under that one in emails of any age.
  const isSame = noted.email === contact.email;
  const since = await noteEmails(tx, view, contact, isSame ? later(now, -UNSEEN_MS) : new Date(0));
  const first = [...since.first, ...noted.first].slice(0, FIRST_PART);
  const done = await forgetRecipients(tx, first, now);
  if (done < noted.total + since.total) await queueForgetting(tx, now);
  await forgetInRefusals(tx, view, contact.email);
}

/** Notes the emails that name the contact and are not noted yet, in one statement. It holds up nobody. */
export async function noteEmails(
  tx: Transaction,
  { workspaceId, environment }: View,
  { id, email }: Forgotten,
  madeSince: Date,
): Promise<NotedEmails> {
  const hash = emailHash(workspaceId, email);
  const forms = [...new Set([email, wireForm(email)])];
  const rows = await tx.$queryRaw<{ total: number; first: string[] }[]>`
    WITH named AS (
      SELECT id, ${hash} AS hash FROM email
      WHERE recipients && ${forms}::text[] AND created_at >= ${madeSince}
        AND workspace_id = ${workspaceId} AND environment = ${environment}::"Environment"
      UNION ALL
      SELECT id, ${hash} FROM email
      WHERE reply_to <> '{}' AND emails_in(reply_to) && ${forms}::text[]
        AND created_at >= ${madeSince}
        AND workspace_id = ${workspaceId} AND environment = ${environment}::"Environment"
      UNION ALL
      SELECT id, encode(sha256(convert_to(workspace_id || ' ' || recipients[1], 'UTF8')), 'hex')
      FROM email
      WHERE contact_id = ${id} AND workspace_id = ${workspaceId} AND created_at >= ${madeSince}
        AND NOT recipients && ${forms}::text[]),
    noted AS (
      INSERT INTO forgotten_recipient (email_id, email_hash)
      SELECT id, hash FROM named ON CONFLICT DO NOTHING RETURNING email_id)
    SELECT (SELECT count(DISTINCT email_id)::int FROM noted) AS total,
           ARRAY(SELECT email_id FROM noted ORDER BY email_id DESC LIMIT ${FIRST_PART}) AS first`;
  return { email, ...(rows[0] ?? { total: 0, first: [] }) };
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
