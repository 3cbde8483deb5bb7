import { z } from "zod";
import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import { batchErrorJson } from "@/lib/api/answers/batches";
import { listJson } from "@/lib/api/answers/page";
import type { ContactRow } from "@/lib/mail/contacts/contact-row";
import type { Tombstone } from "@/lib/mail/contacts/deleted-contacts";
import type { BatchOutcome } from "@/lib/mail/contacts/save-batch";

const contactId = z.string().meta({ example: "con_01kayq8m4xf2c9r7h3v5w6y8zb" });

/** A contact as the API shows it. */
export const contactJson = z
  .strictObject({
    object: z.literal("contact"),
    id: contactId,
    email: z.string().meta({ example: "ada@example.com" }),
    first_name: z.string().nullable().meta({ example: "Ada" }),
    last_name: z.string().nullable().meta({ example: "Byron" }),
    unsubscribed: z.boolean().meta({ example: false }),
    properties: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .meta({ example: { plan: "pro", seats: 3 } }),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "Contact" });

/** A changed contact for a key that may not read contacts. */
export const changedContactJson = contactJson
  .pick({ object: true, id: true, updated_at: true })
  .meta({
    id: "ChangedContact",
    description: "What a key is told that may not read contacts, or only so many a day.",
  });

export const contactListJson = listJson(contactJson).meta({ id: "ContactList" });

/** A deleted contact. `contact` repeats the id, as the resend client expects it. */
export const deletedContactJson = z
  .strictObject({
    object: z.literal("contact"),
    id: contactId,
    contact: contactId,
    deleted: z.literal(true),
  })
  .meta({ id: "DeletedContact" });

/** The two facts that remain of a deleted contact: its id, and the instant of its deletion. */
const tombstoneJson = z.strictObject({
  object: z.literal("deleted_contact"),
  id: contactId,
  deleted_at: z.iso.datetime(),
});

export const tombstoneListJson = listJson(tombstoneJson);

/**
 * The outcome of a batch. `index` is a contact's place in it. Only a permissive batch may have `errors`. `notices` is
 * left out where there are none.
 */
export const contactBatchJson = z.strictObject({
  data: z.array(
    z.strictObject({
      index: z.int(),
      object: z.literal("contact"),
      id: contactId,
      status: z.enum(["created", "updated", "unchanged"]),
    }),
  ),
  errors: z.array(batchErrorJson),
  notices: z
    .array(z.strictObject({ index: z.int(), path: z.string(), message: z.string() }))
    .optional()
    .meta({ description: "What was left out of contacts that were stored." }),
});

/** Shows all of a contact. */
export function toContactJson(row: ContactRow) {
  return {
    object: "contact" as const,
    id: row.id,
    email: row.email,
    first_name: row.firstName,
    last_name: row.lastName,
    unsubscribed: row.unsubscribed,
    properties: row.properties,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
  };
}

/**
 * Shows a contact that a key changed. A key that may only change contacts gets nothing but the ids and times of the
 * change: whoever steals a signup form's key from a website must not read contacts with it. A key with a budget of
 * contacts to read gets no more either, since a change of nothing would be a reading that nobody counts.
 */
export function toChangedContactJson(
  { scopes, contactsReadPerDay }: Pick<KeyRecord, "scopes" | "contactsReadPerDay">,
  row: ContactRow,
): object {
  if (scopes.includes("contacts:read") && contactsReadPerDay === null) return toContactJson(row);
  return { object: "contact", id: row.id, updated_at: row.updatedAt };
}

/** Says that a contact was deleted, or taken out of an audience. */
export function toDeletedContactJson(id: string) {
  return { object: "contact" as const, id, contact: id, deleted: true };
}

/** Shows the facts that remain of a deleted contact. */
export function toTombstoneJson({ id, deletedAt }: Tombstone) {
  return { object: "deleted_contact" as const, id, deleted_at: deletedAt };
}

/** Shows the outcome of a batch. */
export function toContactBatchJson({ saved, errors, notices }: BatchOutcome) {
  const data = saved.map(({ index, id, status }) => ({ index, object: "contact", id, status }));
  return { data, errors, ...(notices.length > 0 ? { notices } : {}) };
}
