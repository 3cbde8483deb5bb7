import { z } from "zod";
import { contactEmail } from "@/lib/mail/address/schema";
import { CONTACT_ID, eventName } from "@/lib/mail/names";
import { instant } from "@/lib/platform/instant";
import { pageQuery } from "@/lib/platform/paging/schema";
import { boundedText, isStorable } from "@/lib/platform/text";

export const PAYLOAD_MAX_BYTES = 8_192;
export const DEDUPE_ID_MAX = 200;
export const EVENT_BATCH_MAX = 1_000;

const payload = z
  .record(z.string(), z.unknown(), "Send the payload as an object.")
  .refine((value) => new TextEncoder().encode(JSON.stringify(value)).length <= PAYLOAD_MAX_BYTES, {
    error: `A payload has at most ${PAYLOAD_MAX_BYTES} bytes as JSON.`,
  });

const contactId = z.string().regex(CONTACT_ID, "This is not the id of a contact.");

/** A contact event to record; it names the contact by its id or by its email. */
export const eventInput = z
  .strictObject({
    event: eventName,
    contact_id: contactId.optional().meta({ description: "Either this, or email." }),
    email: contactEmail.optional(),
    payload: payload.optional().meta({
      description: `What else there is to say of it: at most ${PAYLOAD_MAX_BYTES} bytes.`,
    }),
    occurred_at: instant
      .optional()
      .meta({ description: "When it happened; now, where nothing is said." }),
    dedupe_id: boundedText(DEDUPE_ID_MAX)
      .min(1, "Leave it out, or give it a character.")
      .refine(isStorable, { message: "Contains characters that cannot be stored." })
      .optional()
      .meta({
        description:
          "Your own id of it: sent again for the same contact, it is not recorded again.",
      }),
  })
  .refine(({ contact_id, email }) => (contact_id === undefined) !== (email === undefined), {
    path: ["contact_id"],
    error: "Name the contact by either contact_id or email.",
  });
export type EventInput = z.infer<typeof eventInput>;

/** A batch of contact events; each is checked later by itself, since a permissive batch takes the good ones. */
export const eventBatchInput = z
  .array(z.unknown())
  .min(1, "Send at least one event.")
  .max(EVENT_BATCH_MAX, `Send at most ${EVENT_BATCH_MAX} events at a time.`);

/** The batch as the API reference describes it, with the schema of its entries. */
export const documentedEventBatch = z.array(eventInput).min(1).max(EVENT_BATCH_MAX);

export const listEventsQuery = z.strictObject({
  ...pageQuery,
  event: eventName.optional().meta({ description: "Those of this name." }),
  contact: z
    .union([contactId, contactEmail], "Use a contact's id or e-mail.")
    .optional()
    .meta({ description: "Those of this contact, by id or e-mail." }),
  occurred_since: instant.optional().meta({ description: "Those at this time or later." }),
  occurred_before: instant.optional().meta({ description: "Those before this time." }),
});
export type ListEventsQuery = z.infer<typeof listEventsQuery>;
