import type { View } from "@/lib/people/auth/view";
import type { Reader } from "@/lib/platform/database/unit-of-work";

/** A contact event that is about to be stored. */
export type NewEvent = {
  id: string;
  contactId: string;
  name: string;
  payload: Record<string, unknown>;
  at: Date;
  dedupeId: string | null;
};

/**
 * Stores contact events and raises the counts by those that are new. An event earlier than the latest stored
 * one does not replace it as the latest. Returns, for the id of each duplicate, the id of the stored event.
 */
export async function insertEvents(
  tx: Reader,
  { workspaceId, environment, actorId }: View,
  events: readonly NewEvent[],
  now: Date,
): Promise<Map<string, string>> {
  if (events.length === 0) return new Map();
  // Two calls that store the same events store them in the same order, so that they never deadlock.
  const stored = await tx.$queryRaw<{ id: string }[]>`
    WITH stored AS (
      INSERT INTO contact_event
        (id, workspace_id, environment, contact_id, name, payload, at, received_at, dedupe_id, key_id)
      SELECT id, ${workspaceId}, ${environment}::"Environment", "contactId", name, payload, at, ${now},
             "dedupeId", ${actorId}
      FROM jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
        AS given (id text, "contactId" text, name text, payload jsonb, at timestamptz, "dedupeId" text)
      ORDER BY "contactId", "dedupeId", id
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
    SELECT id FROM stored`;
  const ids = new Set(stored.map(({ id }) => id));
  return await firstOf(
    tx,
    events.filter(({ id }) => !ids.has(id)),
  );
}

async function firstOf(tx: Reader, duplicates: readonly NewEvent[]): Promise<Map<string, string>> {
  if (duplicates.length === 0) return new Map();
  const asked = duplicates.map(({ id, contactId, dedupeId }) => ({ id, contactId, dedupeId }));
  const found = await tx.$queryRaw<{ id: string; firstId: string }[]>`
    SELECT given.id, event.id AS "firstId"
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
      AS given (id text, "contactId" text, "dedupeId" text)
    JOIN contact_event AS event
      ON event.contact_id = given."contactId" AND event.dedupe_id = given."dedupeId"`;
  return new Map(found.map(({ id, firstId }) => [id, firstId]));
}
