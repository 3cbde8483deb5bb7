import { z } from "zod";
import { batchErrorJson } from "@/lib/platform/batch-errors";
import { listJson } from "@/lib/platform/paging/schema";
import { Prisma } from "@/prisma/generated/client";

/** A stored event. */
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

const jsonObject = z.record(z.string(), z.unknown());

/** An event as the API shows it. */
const eventJson = z.strictObject({
  object: z.literal("event"),
  id: z.string(),
  event: z.string(),
  contact_id: z.string(),
  payload: jsonObject,
  occurred_at: z.iso.datetime(),
  received_at: z.iso.datetime(),
  dedupe_id: z.string().nullable(),
});

export const eventListJson = listJson(eventJson);

/** That an event was recorded, or had been before: then `id` is that of the first. */
export const recordedEventJson = z.strictObject({
  object: z.literal("event"),
  event: z.string(),
  id: z.string(),
  contact_id: z.string(),
  duplicate: z.boolean(),
});

/** What became of a batch, by each event's place in it. `errors` only where it was permissive. */
export const eventBatchJson = z.strictObject({
  data: z.array(
    z.strictObject({
      index: z.int(),
      object: z.literal("event"),
      event: z.string(),
      id: z.string(),
      status: z.enum(["recorded", "duplicate"]),
    }),
  ),
  errors: z.array(batchErrorJson),
});

/** The view of a stored event. */
export function toEventView(row: EventRow) {
  return {
    object: "event" as const,
    id: row.id,
    event: row.name,
    contact_id: row.contactId,
    payload: row.payload,
    occurred_at: row.at,
    received_at: row.receivedAt,
    dedupe_id: row.dedupeId,
  };
}

export type EventView = ReturnType<typeof toEventView>;
