import { visibleContacts } from "@/lib/mail/contacts/visible-contacts";
import type { View } from "@/lib/people/auth/view";
import { noteGrowth } from "@/lib/platform/database/table-statistics";
import { thinQuery } from "@/lib/platform/database/thin-query";
import type { Reader } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";

/** A contact event that is about to be stored. It names its contact by its id or by its email. */
export type NewEvent = {
  id: string;
  contact: { id: string } | { email: string };
  name: string;
  payload: Record<string, unknown>;
  at: Date;
  dedupeId: string | null;
};

/** Where an event came to stand: at its contact, and in place of an earlier one with the same `dedupeId`. */
export type StoredEvent = { id: string; contactId: string; duplicate: boolean };

/** Which of some events are stored. */
export type StoredWhich = "those of known contacts" | "all or none" | "none";

/**
 * Stores contact events and raises the counts by those that are new, as one statement. An event earlier than the latest
 * stored one does not replace it as the latest. Contacts are locked meanwhile: a deletion waits, and then finds the
 * events. Returns, by the id of each event, where it stands; events of contacts that the view does not show are
 * missing.
 */
export async function storeEvents(
  on: Reader,
  view: View,
  events: readonly NewEvent[],
  which: StoredWhich,
  now: Date,
): Promise<Map<string, StoredEvent>> {
  if (events.length === 0) return new Map();
  const rows = await insertEvents(on, view, events, which, now);
  noteGrowth("contact events", rows.length);
  const duplicates = rows.filter(({ isStored }) => which !== "none" && !isStored);
  const firsts = await firstOf(on, events, duplicates);
  return new Map(
    rows.map(({ id, contactId }) => {
      const first = firsts.get(id);
      return [id, { id: first ?? id, contactId, duplicate: first !== undefined }];
    }),
  );
}

type InsertedRow = { id: string; contactId: string; isStored: boolean };

async function insertEvents(
  on: Reader,
  view: View,
  events: readonly NewEvent[],
  which: StoredWhich,
  now: Date,
): Promise<InsertedRow[]> {
  const { workspaceId, environment, actorId } = view;
  const given = events.map(({ contact, ...event }) => ({
    ...event,
    contactId: "id" in contact ? contact.id : null,
    email: "email" in contact ? contact.email : null,
  }));
  const ids = given.flatMap(({ contactId }) => contactId ?? []);
  const emails = given.flatMap(({ email }) => email ?? []);
  // Two calls that store the same events store them in the same order, so that they never deadlock.
  return await thinQuery<InsertedRow>(
    on,
    Prisma.sql`
      WITH found AS (
        SELECT contact.id, contact.email FROM contact
        WHERE ${await visibleContacts(on, view, now)}
          AND (contact.id = ANY(${ids}::text[]) OR contact.email = ANY(${emails}::text[]))
        ORDER BY contact.id FOR KEY SHARE OF contact
      ), given AS (
        SELECT event.*, COALESCE(by_id.id, by_email.id) AS contact
        FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS event
          (id text, "contactId" text, email text, name text, payload jsonb, at timestamptz, "dedupeId" text)
        LEFT JOIN found AS by_id ON by_id.id = event."contactId"
        LEFT JOIN found AS by_email ON by_email.email = event.email
      ), stored AS (
        INSERT INTO contact_event
          (id, workspace_id, environment, contact_id, name, payload, at, received_at, dedupe_id, key_id)
        SELECT id, ${workspaceId}, ${environment}::"Environment", contact, name, payload, at, ${now}::timestamptz(3),
               "dedupeId", ${actorId}
        FROM given
        WHERE contact IS NOT NULL AND CASE ${which}::text
          WHEN 'none' THEN FALSE
          WHEN 'all or none' THEN NOT EXISTS (SELECT FROM given WHERE contact IS NULL)
          ELSE TRUE END
        ORDER BY contact, "dedupeId", id
        ON CONFLICT (contact_id, dedupe_id) DO NOTHING
        RETURNING id, contact_id, name, payload, at
      ), counted AS (
        INSERT INTO contact_event_count AS known
          (workspace_id, environment, contact_id, name, count, last_at, last_payload)
        SELECT ${workspaceId}, ${environment}::"Environment", contact_id, name, count(*), max(at),
               (array_agg(payload ORDER BY at DESC, id DESC))[1]
        FROM stored GROUP BY contact_id, name ORDER BY contact_id, name
        ON CONFLICT (contact_id, name) DO UPDATE SET
          count = known.count + EXCLUDED.count,
          last_at = GREATEST(known.last_at, EXCLUDED.last_at),
          last_payload = CASE WHEN EXCLUDED.last_at >= known.last_at
            THEN EXCLUDED.last_payload ELSE known.last_payload END
      )
      SELECT given.id, given.contact AS "contactId", stored.id IS NOT NULL AS "isStored"
      FROM given LEFT JOIN stored ON stored.id = given.id
      WHERE given.contact IS NOT NULL`,
  );
}

/** The ids of the stored events that some events repeat, by the id of each. */
async function firstOf(
  on: Reader,
  events: readonly NewEvent[],
  duplicates: readonly InsertedRow[],
): Promise<Map<string, string>> {
  if (duplicates.length === 0) return new Map();
  const dedupeIds = new Map(events.map(({ id, dedupeId }) => [id, dedupeId]));
  const asked = duplicates.map(({ id, contactId }) => ({
    id,
    contactId,
    dedupeId: dedupeIds.get(id),
  }));
  const found = await thinQuery<{ id: string; firstId: string }>(
    on,
    Prisma.sql`
      SELECT given.id, event.id AS "firstId"
      FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
        AS given (id text, "contactId" text, "dedupeId" text)
      JOIN contact_event AS event
        ON event.contact_id = given."contactId" AND event.dedupe_id = given."dedupeId"`,
  );
  return new Map(found.map(({ id, firstId }) => [id, firstId]));
}
