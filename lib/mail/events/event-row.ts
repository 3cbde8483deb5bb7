import { Prisma } from "@/prisma/generated/client";

/** An event of a contact as it is stored. */
export type EventRow = {
  id: string;
  name: string;
  contactId: string;
  payload: Prisma.JsonValue;
  at: Date;
  receivedAt: Date;
  dedupeId: string | null;
};

/** Its columns for a query in SQL, of the table alias `event`. */
export const eventColumns = Prisma.sql`
  event.id, event.name, event.contact_id AS "contactId", event.payload, event.at,
  event.received_at AS "receivedAt", event.dedupe_id AS "dedupeId"`;
