import { z } from "zod";
import { batchErrorJson } from "@/lib/platform/batch-errors";
import { listJson } from "@/lib/platform/paging/schema";
import { Prisma } from "@/prisma/generated/client";

/** The columns a contact is shown with. */
export const contactSelect = {
  id: true,
  email: true,
  firstName: true,
  lastName: true,
  unsubscribed: true,
  properties: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.ContactSelect;

export type ContactRow = Prisma.ContactGetPayload<{ select: typeof contactSelect }>;

/** The same columns for a query in SQL, of the table alias `contact`. */
export const contactColumns = Prisma.sql`
  contact.id, contact.email, contact.first_name AS "firstName", contact.last_name AS "lastName",
  contact.unsubscribed, contact.properties, contact.created_at AS "createdAt",
  contact.updated_at AS "updatedAt"`;

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

/** What a key that may not read contacts learns of one that it changed. */
export const changedContactJson = contactJson
  .pick({ object: true, id: true, updated_at: true })
  .meta({ id: "ChangedContact", description: "What a key that may not read contacts is told." });

export const contactListJson = listJson(contactJson).meta({ id: "ContactList" });

/** `contact` repeats the id, as the resend client expects it. */
export const deletedContactJson = z
  .strictObject({
    object: z.literal("contact"),
    id: contactId,
    contact: contactId,
    deleted: z.literal(true),
  })
  .meta({ id: "DeletedContact" });

/** What is left of a deleted contact. */
export const tombstoneJson = z.strictObject({
  object: z.literal("deleted_contact"),
  id: contactId,
  deleted_at: z.iso.datetime(),
});

export const tombstoneListJson = listJson(tombstoneJson);

/** What became of a batch, by each contact's place in it. `errors` only where it was permissive. */
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
});

/** A contact on its way to becoming JSON. */
export type ContactView = {
  object: "contact";
  id: string;
  email: string;
  first_name: string | null;
  last_name: string | null;
  unsubscribed: boolean;
  properties: unknown;
  created_at: Date;
  updated_at: Date;
};

/** The view of a stored contact. */
export function toContactView(row: ContactRow): ContactView {
  return {
    object: "contact",
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
