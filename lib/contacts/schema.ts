import { z } from "zod";
import { plainText } from "@/lib/text";

export const EMAIL_MAX = 254;
export const CONTACT_NAME_MAX = 200;
export const PROPERTIES_MAX = 50;
export const PROPERTY_NAME_MAX = 100;
export const PROPERTY_TEXT_MAX = 500;
export const PAGE_MAX = 100;
export const PAGE_DEFAULT = 50;
const CURSOR_MAX = 300;

/** What the id of a contact looks like. */
export const CONTACT_ID = /^con_[0-9a-z]{26}$/;

/** One "@", no spaces, quotes or brackets; letters of every script; a domain of at least two labels. */
const EMAIL =
  /^[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}.-]*[\p{L}\p{M}\p{N}])?$/u;
const EMPTY_LABEL = /^\.|\.\.|\.@|-\.|\.-/;

/** An e-mail address as we keep it: trimmed, in lower case, composed (NFC). Two spellings of one are one. */
export const contactEmail = z
  .string("Give an e-mail address as text.")
  .max(EMAIL_MAX, `Use at most ${EMAIL_MAX} characters.`)
  .transform(normaliseEmail)
  .refine(isEmail, { message: "This is not an e-mail address." });

function normaliseEmail(text: string): string {
  return text.trim().normalize("NFC").toLowerCase().normalize("NFC");
}

function isEmail(text: string): boolean {
  if (text.length > EMAIL_MAX || EMPTY_LABEL.test(text) || !EMAIL.test(text)) return false;
  return text.indexOf(".", text.indexOf("@")) > 0;
}

const name = plainText(CONTACT_NAME_MAX).nullable();

/** Null takes the property away. */
const propertyValue = z.union(
  [
    z.string().max(PROPERTY_TEXT_MAX),
    z.number().refine((value) => !Number.isInteger(value) || Number.isSafeInteger(value)),
    z.boolean(),
    z.null(),
  ],
  {
    error: `Use a text of at most ${PROPERTY_TEXT_MAX} characters, a number of at most 15 digits, true, false, or null to remove it.`,
  },
);

const properties = z
  .record(
    z
      .string()
      .min(1, "A property needs a name.")
      .max(PROPERTY_NAME_MAX, `Property names have at most ${PROPERTY_NAME_MAX} characters.`),
    propertyValue,
    "Send the properties as an object.",
  )
  .refine((map) => Object.keys(map).length <= PROPERTIES_MAX, {
    message: `A contact has at most ${PROPERTIES_MAX} properties.`,
  });

const details = {
  first_name: name.optional(),
  last_name: name.optional(),
  unsubscribed: z.boolean("Use true or false.").optional(),
  properties: properties.optional(),
};

export const createContactInput = z.strictObject({ email: contactEmail, ...details });
export type CreateContactInput = z.infer<typeof createContactInput>;

/** What is left out stays as it is; properties are merged by name. */
export const updateContactInput = z.strictObject({ email: contactEmail.optional(), ...details });
export type UpdateContactInput = z.infer<typeof updateContactInput>;

export const listContactsQuery = z.strictObject({
  limit: z
    .string()
    .refine((text) => /^[1-9]\d{0,2}$/.test(text) && Number(text) <= PAGE_MAX, {
      message: `Use a whole number from 1 to ${PAGE_MAX}.`,
    })
    .transform(Number)
    .default(PAGE_DEFAULT),
  after: z.string().min(1).max(CURSOR_MAX).optional(),
  before: z.string().min(1).max(CURSOR_MAX).optional(),
  email: contactEmail.optional(),
  updated_since: z.iso
    .datetime({ offset: true, error: "Use a time such as 2026-11-23T14:03:00Z." })
    .transform((text) => new Date(text))
    .optional(),
});
export type ListContactsQuery = z.infer<typeof listContactsQuery>;
