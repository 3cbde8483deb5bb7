import type { Reader } from "@/lib/platform/database/unit-of-work";
import type { Prisma } from "@/prisma/generated/client";

/** A contact's events of one name as templates use them: their number, and the latest one. */
export type TemplateEvent = { count: number; last: { at: Date; payload: Prisma.JsonValue } };

/** A contact's events as templates use them, by name. */
export type TemplateEvents = Record<string, TemplateEvent>;

/** The most event names that are read for a contact, the latest first. */
const NAMES_MAX = 100;
/** The most bytes that the payloads of a contact's events have together, the latest first. */
const PAYLOADS_MAX_BYTES = 128 * 1_024;

/** The events of these contacts as templates use them, by the contact's id and then by the event's name. */
export async function templateEventsOf(
  tx: Reader,
  contactIds: readonly string[],
): Promise<Map<string, TemplateEvents>> {
  const rows = await tx.$queryRaw<CountRow[]>`
    SELECT "contactId", name, count, "lastAt", "lastPayload" FROM unnest(${[...contactIds]}::text[]) AS given (id)
    CROSS JOIN LATERAL (
      SELECT contact_id AS "contactId", name, count, last_at AS "lastAt", last_payload AS "lastPayload",
             sum(octet_length(last_payload::text)) OVER (ORDER BY last_at DESC, name) AS bytes
      FROM contact_event_count WHERE contact_id = given.id
      ORDER BY last_at DESC, name LIMIT ${NAMES_MAX}) AS latest
    WHERE latest.bytes <= ${PAYLOADS_MAX_BYTES}`;
  const byContact = new Map(contactIds.map((id): [string, Named[]] => [id, []]));
  for (const { contactId, name, count, lastAt, lastPayload } of rows) {
    byContact.get(contactId)?.push([name, { count, last: { at: lastAt, payload: lastPayload } }]);
  }
  return new Map([...byContact].map(([id, named]) => [id, Object.fromEntries(named)]));
}

type Named = [name: string, event: TemplateEvent];

type CountRow = {
  contactId: string;
  name: string;
  count: number;
  lastAt: Date;
  lastPayload: Prisma.JsonValue;
};
