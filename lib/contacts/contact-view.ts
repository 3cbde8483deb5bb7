import type { Prisma } from "@/prisma/generated/client";

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

/** A contact as the API shows it. */
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
