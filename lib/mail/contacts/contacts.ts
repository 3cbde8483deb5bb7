import { raiseContactClock } from "@/lib/mail/contacts/change-clock";
import type { ContactRow } from "@/lib/mail/contacts/contact-row";
import { type ContactRef, findAmongOthers, findContact } from "@/lib/mail/contacts/find-contact";
import { formerlyUnsubscribed } from "@/lib/mail/contacts/look-up-contacts";
import { type ContactValues, mergeContact, valuesOf } from "@/lib/mail/contacts/merge-contact";
import { saveAmongOthers } from "@/lib/mail/contacts/save-among-others";
import type { SaveFailure } from "@/lib/mail/contacts/save-contacts";
import type {
  CreateContactInput,
  UpdateContactInput,
  UpsertContactInput,
} from "@/lib/mail/contacts/schema";
import { storeChanges } from "@/lib/mail/contacts/store-changes";
import type { View } from "@/lib/people/auth/view";
import { type Reader, transact } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

/** The contact that `ref` names, if the view shows it. */
export async function getContact(
  view: View,
  ref: ContactRef,
  now: Date,
): Promise<Result<ContactRow, "not_found">> {
  const row = await findAmongOthers(view, ref, now);
  return row ? ok(row) : notFound();
}

/**
 * Adds a contact. Fails with `conflict` when its email is taken in this workspace and environment, or when it
 * names an audience with a rule. Fails with `audience_not_allowed` when the view is limited to audiences and the
 * input names none of them, or another. Fails with `validation_error` for an audience that does not exist, and
 * for an unsubscribed email that would be subscribed again without `resubscribe`.
 */
export async function createContact(
  view: View,
  input: CreateContactInput,
  now: Date,
): Promise<Result<ContactRow, SaveFailure>> {
  const saved = await saveOne(view, input.email, input, "refuse", now);
  return saved.ok ? ok(saved.value.contact) : saved;
}

/**
 * Creates the contact with this email, or changes the fields of it that `input` has; properties are merged by
 * name. Two callers at once make one contact. Fails as `createContact` does, except for an email that is taken.
 */
export async function upsertContact(
  view: View,
  email: string,
  input: Omit<UpsertContactInput, "email">,
  now: Date,
): Promise<Result<{ contact: ContactRow; created: boolean }, SaveFailure>> {
  return await saveOne(view, email, input, "change", now);
}

async function saveOne(
  view: View,
  email: string,
  { audiences = [], segments = [], ...input }: Omit<UpsertContactInput, "email">,
  existing: "change" | "refuse",
  now: Date,
): Promise<Result<{ contact: ContactRow; created: boolean }, SaveFailure>> {
  const item = { email, input, audiences: [...audiences, ...segments.map(({ id }) => id)] };
  const saved = await saveAmongOthers({ view, item, existing, now });
  if (!saved.ok) return saved;
  const { contact, status } = saved.value;
  return ok({ contact, created: status === "created" });
}

/**
 * Changes the fields that `input` has and keeps the others; properties are merged by name. Fails with
 * `not_found` for a contact that the view does not show, and with `conflict` when the new email is taken. Fails
 * with `validation_error` when there would be too many properties, or when an unsubscribed contact would be
 * subscribed again without `resubscribe`.
 */
export async function updateContact(
  view: View,
  ref: ContactRef,
  input: UpdateContactInput,
  now: Date,
): Promise<Result<ContactRow, "not_found" | "conflict" | "validation_error">> {
  return await transact(async (tx) => {
    const at = await raiseContactClock(tx, view.workspaceId, view.environment, now);
    const row = await findContact(tx, view, ref, now);
    if (!row) return notFound();
    const moved = await moveTo(tx, view, row, input.email ?? row.email);
    if (!moved.ok) return moved;
    const merged = mergeContact(moved.value, input);
    if (!merged.ok) return merged;
    if (!merged.value.changed) return ok(row);
    await storeChanges(tx, view, [{ id: row.id, row, ...merged.value, joins: [] }], { at, now });
    return ok({ ...row, ...merged.value.values, updatedAt: at });
  });
}

/** The values of a contact that moves to `email`. It becomes unsubscribed if that email had unsubscribed before. */
async function moveTo(
  tx: Reader,
  view: View,
  row: ContactRow,
  email: string,
): Promise<Result<ContactValues, "conflict">> {
  const values = valuesOf(row);
  if (email === row.email) return ok(values);
  const { workspaceId, environment } = view;
  const taken = await tx.contact.count({ where: { workspaceId, environment, email } });
  if (taken > 0) return emailTaken();
  const left = await formerlyUnsubscribed(tx, view, [email]);
  return ok({ ...values, unsubscribed: values.unsubscribed || left.size > 0 });
}

function notFound(): Failure<"not_found"> {
  return fail("not_found", "There is no such contact in this workspace and environment.");
}

function emailTaken(): Failure<"conflict"> {
  return fail("conflict", "Another contact has this e-mail already.");
}
