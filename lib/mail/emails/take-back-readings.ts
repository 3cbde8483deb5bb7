import { takeBackCounts } from "@/lib/mail/emails/campaign-counts";
import {
  type EmailEventDetail,
  type RecordedEmailEvent,
  recordEmailEvents,
} from "@/lib/mail/emails/email-events";
import type { Transaction } from "@/lib/platform/database/unit-of-work";

/** The readings of an email that came from one source since an instant. */
type Readings = { emailId: string; source: string; since: Date };

/** What a reading is when it turns out to be a machine's. */
const BY_MACHINE = { opened: "fetched", clicked: "scanned" } as const;

/**
 * Turns openings and clicks that turned out to be a machine's into events of their own, and takes back everything
 * that followed from them: the email's status, the counts of its campaign, the times of its contact. The caller
 * holds the email's row.
 */
export async function takeBackReadings(
  tx: Transaction,
  { emailId, source, since }: Readings,
  now: Date,
): Promise<void> {
  const taken = await tx.$queryRaw<RecordedEmailEvent[]>`
    DELETE FROM email_event
    WHERE email_id = ${emailId} AND type IN ('opened', 'clicked') AND at >= ${since}
      AND detail ->> 'source' = ${source}
    RETURNING id, email_id AS "emailId", campaign_id AS "campaignId", contact_id AS "contactId",
              type::text AS type, at, first, detail`;
  if (taken.length === 0) return;
  await takeBackCounts(tx, taken, await newFirsts(tx, taken));
  await moveBack(tx, emailId);
  await forgetTimes(tx, taken);
  const again = taken.map(({ type, at, detail }) => ({
    emailId,
    type: BY_MACHINE[type as keyof typeof BY_MACHINE],
    at,
    detail: detail as EmailEventDetail,
  }));
  await recordEmailEvents(tx, again, now);
}

/** The earliest event that is left becomes the first of its type, where the first one was taken back. */
async function newFirsts(
  tx: Transaction,
  taken: readonly RecordedEmailEvent[],
): Promise<RecordedEmailEvent[]> {
  const types = taken.filter(({ first }) => first).map(({ type }) => type);
  const emailId = taken[0]?.emailId ?? "";
  return await tx.$queryRaw<RecordedEmailEvent[]>`
    UPDATE email_event SET first = TRUE
    WHERE id IN (
      SELECT DISTINCT ON (type) id FROM email_event
      WHERE email_id = ${emailId} AND type = ANY(${types}::"EmailStatus"[])
      ORDER BY type, at, id)
    RETURNING id, email_id AS "emailId", campaign_id AS "campaignId", contact_id AS "contactId",
              type::text AS type, at, first, detail`;
}

/** The email stands where its other events brought it: opened, delivered, or before that. */
async function moveBack(tx: Transaction, emailId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE email
    SET opened_at = left_over.opened_at, clicked_at = left_over.clicked_at,
        status = CASE WHEN email.status IN ('opened', 'clicked')
          THEN COALESCE(left_over.status, 'delivered') ELSE email.status END
    FROM (
      SELECT min(at) FILTER (WHERE type = 'opened') AS opened_at,
             min(at) FILTER (WHERE type = 'clicked') AS clicked_at,
             max(type) FILTER (WHERE type IN ('queued', 'sent', 'delivered', 'opened', 'clicked'))
               AS status
      FROM email_event WHERE email_id = ${emailId}) AS left_over
    WHERE email.id = ${emailId}`;
}

async function forgetTimes(tx: Transaction, taken: readonly RecordedEmailEvent[]): Promise<void> {
  const contactId = taken[0]?.contactId;
  if (!contactId) return;
  await tx.$executeRaw`
    UPDATE contact
    SET last_opened_at = (SELECT max(at) FROM email_event WHERE contact_id = ${contactId} AND type = 'opened'),
        last_clicked_at = (SELECT max(at) FROM email_event WHERE contact_id = ${contactId} AND type = 'clicked')
    WHERE id = ${contactId}`;
}
