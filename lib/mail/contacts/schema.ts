import { z } from "zod";
import { contactEmail } from "@/lib/mail/address/schema";
import { CONTACT_SEARCH_MAX } from "@/lib/mail/contacts/limits";
import { CONTACT_ID, NO_TOPICS, PROPERTY_NAME_MAX, PROPERTY_TEXT_MAX } from "@/lib/mail/names";
import { instant } from "@/lib/platform/instant";
import { pageQuery } from "@/lib/platform/paging/schema";
import { boundedText, plainText } from "@/lib/platform/text";

export const CONTACT_NAME_MAX = 200;
export const PROPERTIES_MAX = 50;
/** The most lists that one contact may name at once. */
export const AUDIENCES_MAX = 50;
export const BATCH_MAX = 1_000;
const AUDIENCE_ID_MAX = 100;

const name = plainText(CONTACT_NAME_MAX).nullable();

/** A value of a property; null removes the property. */
const propertyValue = z.union(
  [
    z.string().max(PROPERTY_TEXT_MAX).normalize("NFC"),
    z.number().refine((value) => !Number.isInteger(value) || Number.isSafeInteger(value), {
      message: "Use a number of at most 15 digits.",
    }),
    z.boolean(),
    z.null(),
  ],
  {
    error: `Use a text of at most ${PROPERTY_TEXT_MAX} characters, a number of at most 15 digits, true, false, or null to remove it.`,
  },
);

const properties = z
  .record(
    boundedText(PROPERTY_NAME_MAX, {
      tooLong: `Property names have at most ${PROPERTY_NAME_MAX} characters.`,
    })
      .min(1, "A property needs a name.")
      .normalize("NFC"),
    propertyValue,
    "Send the properties as an object.",
  )
  .refine((map) => Object.keys(map).length <= PROPERTIES_MAX, {
    message: `A contact has at most ${PROPERTIES_MAX} properties.`,
  })
  .meta({
    description: "Merged by name with those it has; null removes one.",
    maxProperties: PROPERTIES_MAX,
    example: { plan: "pro", seats: 3 },
  });

const details = {
  first_name: name.optional(),
  last_name: name.optional(),
  unsubscribed: z.boolean("Use true or false.").optional(),
  resubscribe: z
    .literal(true, "Leave this out, or use true.")
    .optional()
    .meta({ description: "An unsubscribed contact gets mail again only when this is said." }),
  properties: properties.optional(),
  topics: NO_TOPICS,
};

const audienceId = boundedText(AUDIENCE_ID_MAX);

/** The lists to put the contact on, besides those it is on, by id or in the resend client's form. */
const memberships = {
  audiences: z
    .array(audienceId)
    .max(AUDIENCES_MAX)
    .optional()
    .meta({ description: "The ids of audiences to put it into, besides those it is in." }),
  segments: z
    .array(z.strictObject({ id: audienceId }))
    .max(AUDIENCES_MAX)
    .optional()
    .meta({ description: "The same, as the resend client says it." }),
};

/** What resend's clients repeat from the URL. The routes see to it that it is the same. */
const repeatedAudience = audienceId.optional().meta({ description: "Only the URL's own." });
const repeatedId = z.string().max(100).optional().meta({ description: "Only the URL's own." });

type Subscribing = { unsubscribed?: boolean | undefined; resubscribe?: true | undefined };

const isOneWay = ({ unsubscribed, resubscribe }: Subscribing) => !(unsubscribed && resubscribe);
const BOTH_WAYS = { path: ["resubscribe"], error: "Use either unsubscribed or resubscribe." };

export const createContactInput = z
  .strictObject({ email: contactEmail, ...details, ...memberships })
  .refine(isOneWay, BOTH_WAYS);
export type CreateContactInput = z.infer<typeof createContactInput>;

/** The changes to a contact. A field that is left out stays as it is; properties are merged by name. */
export const updateContactInput = z
  .strictObject({
    email: contactEmail.optional(),
    ...details,
    id: repeatedId,
    audience_id: repeatedAudience,
  })
  .refine(isOneWay, BOTH_WAYS);
export type UpdateContactInput = z.infer<typeof updateContactInput>;

/** `createContactInput` for an email that may have a contact already. */
export const upsertContactInput = z
  .strictObject({ email: contactEmail.optional(), ...details, ...memberships })
  .refine(isOneWay, BOTH_WAYS);
export type UpsertContactInput = z.infer<typeof upsertContactInput>;

/** A contact that joins the list it is sent to. */
export const joiningContactInput = z
  .strictObject({ email: contactEmail, ...details, audience_id: repeatedAudience })
  .refine(isOneWay, BOTH_WAYS);
export type JoiningContactInput = z.infer<typeof joiningContactInput>;

/** A batch of contacts; each is checked later by itself, since a permissive batch takes the good ones. */
export const contactBatchInput = z
  .array(z.unknown())
  .min(1, "Send at least one contact.")
  .max(BATCH_MAX, `Send at most ${BATCH_MAX} contacts at a time.`);

/** The batch as the API reference describes it, with the schema of its entries. */
export const documentedContactBatch = z.array(createContactInput).min(1).max(BATCH_MAX);

export const deletedContactsQuery = z.strictObject({
  limit: pageQuery.limit,
  after: pageQuery.after,
  since: instant.optional(),
});
export type DeletedContactsQuery = z.infer<typeof deletedContactsQuery>;

export const listContactsQuery = z.strictObject({
  ...pageQuery,
  email: contactEmail.optional().meta({ description: "Finds the one contact with this address." }),
  updated_since: instant.optional().meta({
    description:
      "What changed since then, the earliest first. To go on, repeat it beside the last next_cursor as after.",
  }),
  audience: audienceId.optional().meta({ description: "Those in this audience." }),
  unsubscribed: z
    .enum(["true", "false"], "Use true or false.")
    .transform((text) => text === "true")
    .optional(),
});
export type ListContactsQuery = z.infer<typeof listContactsQuery>;

/** A place in a contact's time line: a time in milliseconds, and the id of the entry at that time. */
export const TIMELINE_PLACE = /^(\d{1,15}):([a-z]{3}_[0-9a-z]{26})$/;

/**
 * The query in the URL of the contacts page. An unknown value counts as not given, since people shorten and
 * mistype URLs.
 */
export const contactsPageQuery = z.object({
  environment: z.enum(["live", "test"]).catch("live"),
  search: plainText(CONTACT_SEARCH_MAX).catch(""),
  audience: boundedText(AUDIENCE_ID_MAX).catch(""),
  status: z.enum(["all", "subscribed", "unsubscribed"]).catch("all"),
  after: pageQuery.after.catch(undefined),
  before: pageQuery.before.catch(undefined),
  /** The id of the contact whose profile is open. */
  contact: z.string().regex(CONTACT_ID).catch(""),
  /** The place where the shown part of its time line begins; the latest entries when left out. */
  timeline: z.string().regex(TIMELINE_PLACE).catch(""),
});
export type ContactsPageQuery = z.infer<typeof contactsPageQuery>;
