import { db } from "@/lib/platform/database/unit-of-work";

/** An email, and by how much it and all that came of it happened earlier. */
export type Aged = { id: string; ms: number };

/** Moves emails into the past, with their events and what follows from those. */
export async function ageEmails(emails: readonly Aged[]): Promise<void> {
  const ids = emails.map(({ id }) => id);
  const by = emails.map(({ ms }) => ms);
  await db().$executeRaw`
    UPDATE email_event SET at = email_event.at - aged.ms * interval '1 millisecond'
    FROM unnest(${ids}::text[], ${by}::bigint[]) AS aged (id, ms) WHERE email_id = aged.id`;
  await db().$executeRaw`
    UPDATE suppression SET created_at = created_at - aged.ms * interval '1 millisecond'
    FROM unnest(${ids}::text[], ${by}::bigint[]) AS aged (id, ms) WHERE email_id = aged.id`;
  await db().$executeRaw`
    UPDATE email SET created_at = created_at - aged.ms * interval '1 millisecond',
      opened_at = opened_at - aged.ms * interval '1 millisecond',
      clicked_at = clicked_at - aged.ms * interval '1 millisecond'
    FROM unnest(${ids}::text[], ${by}::bigint[]) AS aged (id, ms) WHERE email.id = aged.id`;
  await db().$executeRaw`
    UPDATE contact SET last_opened_at = seen.opened_at, last_clicked_at = seen.clicked_at
    FROM (SELECT contact_id, max(at) FILTER (WHERE type = 'opened') AS opened_at,
            max(at) FILTER (WHERE type = 'clicked') AS clicked_at
          FROM email_event GROUP BY contact_id) AS seen
    WHERE seen.contact_id = contact.id
      AND contact.id IN (SELECT contact_id FROM email WHERE id = ANY(${ids}::text[]))`;
}
