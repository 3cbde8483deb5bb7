import type { ContactRow } from "@/lib/mail/contacts/contact-row";
import { PROPERTIES_MAX, type UpdateContactInput } from "@/lib/mail/contacts/schema";
import { invalidFields, ok, type Result } from "@/lib/platform/result";

type Properties = Record<string, string | number | boolean>;

/** The values of a contact that can be changed. */
export type ContactValues = {
  email: string;
  firstName: string | null;
  lastName: string | null;
  unsubscribed: boolean;
  properties: Properties;
};

/** The values of a contact after a change, whether they differ, and whether the contact gets mail again. */
export type Merged = { values: ContactValues; changed: boolean; resubscribed: boolean };

/** The values of a new contact. It starts unsubscribed where its email belonged to an unsubscribed contact. */
export function blankContact(email: string, unsubscribed: boolean): ContactValues {
  return { email, firstName: null, lastName: null, unsubscribed, properties: {} };
}

/** The values of a stored contact. */
export function valuesOf(row: ContactRow): ContactValues {
  const { email, firstName, lastName, unsubscribed } = row;
  return { email, firstName, lastName, unsubscribed, properties: row.properties as Properties };
}

/**
 * Applies `input` to the values of a contact. Fields that `input` leaves out stay; properties are merged by name,
 * and null removes one. Fails with `validation_error` when there would be too many properties, or when an
 * unsubscribed contact would be subscribed again without `resubscribe`.
 */
export function mergeContact(
  before: ContactValues,
  input: UpdateContactInput,
): Result<Merged, "validation_error"> {
  if (wouldSubscribe(before, input)) return stays();
  const unsubscribed = input.resubscribe ? false : before.unsubscribed || !!input.unsubscribed;
  const values: ContactValues = {
    email: input.email ?? before.email,
    firstName: input.first_name === undefined ? before.firstName : input.first_name,
    lastName: input.last_name === undefined ? before.lastName : input.last_name,
    unsubscribed,
    properties: mergeProperties(before.properties, input.properties ?? {}),
  };
  if (Object.keys(values.properties).length > PROPERTIES_MAX) return tooManyProperties();
  return ok({
    values,
    changed: differ(before, values),
    resubscribed: before.unsubscribed && !unsubscribed,
  });
}

/** Whether `input` would subscribe an unsubscribed contact without saying that the person asked for it. */
export function wouldSubscribe(
  before: Pick<ContactValues, "unsubscribed">,
  { unsubscribed, resubscribe }: UpdateContactInput,
): boolean {
  return before.unsubscribed && unsubscribed === false && !resubscribe;
}

function mergeProperties(
  before: Properties,
  changes: NonNullable<UpdateContactInput["properties"]>,
): Properties {
  const merged = new Map(Object.entries(before));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) merged.delete(name);
    else merged.set(name, value);
  }
  return Object.fromEntries(merged);
}

/** True where two contacts have different values. The order of their properties does not matter. */
export function differ(one: ContactValues, other: ContactValues): boolean {
  return asText(one) !== asText(other);
}

function asText({ properties, ...rest }: ContactValues): string {
  return JSON.stringify([rest, Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function stays() {
  return invalidFields({
    unsubscribed: [
      "This contact has unsubscribed. Send “resubscribe”: true, and only when they asked for it: it goes on record.",
    ],
  });
}

function tooManyProperties() {
  return invalidFields({
    properties: [
      `A contact has at most ${PROPERTIES_MAX} properties. Remove some by setting them to null.`,
    ],
  });
}
