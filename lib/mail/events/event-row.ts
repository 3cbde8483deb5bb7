import { Prisma } from "@/prisma/generated/client";

/** A contact event as it is stored. */
export type EventRow = {
  id: string;
  name: string;
  contactId: string;
  payload: Prisma.JsonValue;
  at: Date;
  receivedAt: Date;
  dedupeId: string | null;
};

/** The columns of `EventRow` for an SQL query with the table alias `event`. */
export const eventColumns = Prisma.sql`
  event.id, event.name, event.contact_id AS "contactId", event.payload, event.at,
  event.received_at AS "receivedAt", event.dedupe_id AS "dedupeId"`;
