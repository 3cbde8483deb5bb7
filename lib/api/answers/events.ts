import { z } from "zod";
import { batchErrorJson } from "@/lib/api/answers/batches";
import { listJson } from "@/lib/api/answers/page";
import type { EventRow } from "@/lib/mail/events/event-row";
import type { Recorded } from "@/lib/mail/events/record-events";
import type { EventBatchOutcome } from "@/lib/mail/events/send-events";

const eventJson = z.strictObject({
  object: z.literal("event"),
  id: z.string(),
  event: z.string(),
  contact_id: z.string(),
  payload: z.record(z.string(), z.unknown()),
  occurred_at: z.iso.datetime(),
  received_at: z.iso.datetime(),
  dedupe_id: z.string().nullable(),
});

/** A page of events of contacts. */
export const eventListJson = listJson(eventJson);

/** An event that was recorded, or had been before: then `id` is that of the first. */
export const recordedEventJson = z.strictObject({
  object: z.literal("event"),
  event: z.string(),
  id: z.string(),
  contact_id: z.string(),
  duplicate: z.boolean(),
});

/** The outcome of a batch, by each event's place in it. A permissive batch may have `errors`. */
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

/** Shows an event of a contact. */
export function toEventJson(row: EventRow) {
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

/** Says that an event was recorded. */
export function toRecordedEventJson({ id, name, contactId, duplicate }: Recorded) {
  return { object: "event" as const, event: name, id, contact_id: contactId, duplicate };
}

/** Shows the outcome of a batch. */
export function toEventBatchJson({ recorded, errors }: EventBatchOutcome) {
  const data = recorded.map(({ index, id, name, duplicate }) => {
    const status = duplicate ? "duplicate" : "recorded";
    return { index, object: "event", event: name, id, status };
  });
  return { data, errors };
}
