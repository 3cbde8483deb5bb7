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

/** A contact as it is stored. */
export type ContactRow = Prisma.ContactGetPayload<{ select: typeof contactSelect }>;

/** The same columns for an SQL query with the table alias `contact`. */
export const contactColumns = Prisma.sql`
  contact.id, contact.email, contact.first_name AS "firstName", contact.last_name AS "lastName",
  contact.unsubscribed, contact.properties, contact.created_at AS "createdAt",
  contact.updated_at AS "updatedAt"`;
