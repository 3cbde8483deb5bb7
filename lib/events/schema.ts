import { z } from "zod";
import { CONTACT_ID, contactEmail } from "@/lib/contacts/schema";
import { instant } from "@/lib/instant/schema";
import { pageQuery } from "@/lib/paging/schema";
import { isStorable } from "@/lib/text";

export const EVENT_NAME_MAX = 100;
export const PAYLOAD_MAX_BYTES = 8_192;
export const DEDUPE_ID_MAX = 200;
export const EVENT_BATCH_MAX = 1_000;

/** Letters, digits and the marks that programs and people join words with: `order.placed`, `Placed order`. */
const EVENT_NAME = /^[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M} ._:/-]*[\p{L}\p{N}\p{M}_])?$/u;

/** What happened, in the sender's words. */
export const eventName = z
  .string("Name the event.")
  .max(EVENT_NAME_MAX, `Use at most ${EVENT_NAME_MAX} characters.`)
  .refine((text) => EVENT_NAME.test(text), {
    error: ({ input }) =>
      input === ""
        ? "Name the event."
        : "Use letters, digits, spaces and . _ - : / for the name of an event.",
  })
  .meta({ example: "order.placed" });

const payload = z
  .record(z.string(), z.unknown(), "Send the payload as an object.")
  .refine((value) => new TextEncoder().encode(JSON.stringify(value)).length <= PAYLOAD_MAX_BYTES, {
    error: `A payload has at most ${PAYLOAD_MAX_BYTES} bytes as JSON.`,
  });

const contactId = z.string().regex(CONTACT_ID, "This is not the id of a contact.");

/** Something a contact did; the contact is named by its id or by its e-mail. */
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
    dedupe_id: z
      .string()
      .min(1, "Leave it out, or give it a character.")
      .max(DEDUPE_ID_MAX, `Use at most ${DEDUPE_ID_MAX} characters.`)
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

/** Checked one by one, since a permissive batch takes the good ones. */
export const eventBatchInput = z
  .array(z.unknown())
  .min(1, "Send at least one event.")
  .max(EVENT_BATCH_MAX, `Send at most ${EVENT_BATCH_MAX} events at a time.`);

/** What the API reference says of a batch: what each of its entries is. */
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
