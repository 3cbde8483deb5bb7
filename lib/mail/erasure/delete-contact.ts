import { audiencesOf } from "@/lib/mail/audiences/audiences-of";
import { forgetBeforeValues } from "@/lib/mail/contacts/before-values";
import { raiseContactClock } from "@/lib/mail/contacts/change-clock";
import { type ContactRow, contactSelect } from "@/lib/mail/contacts/contact-row";
import { type ContactRef, findContact } from "@/lib/mail/contacts/find-contact";
import { forgetEmails } from "@/lib/mail/contacts/store-changes";
import { forgetInAnswers } from "@/lib/mail/erasure/forget-in-answers";
import { forgetInAudit } from "@/lib/mail/erasure/forget-in-audit";
import { forgetInEmails, type NotedEmails, noteEmails } from "@/lib/mail/erasure/forget-in-emails";
import type { DeleteContactInput } from "@/lib/mail/erasure/schema";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { type View, viewOf } from "@/lib/people/auth/view";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

/** Deletes a contact as `deleteContact` does, and records it. `not_found` for members without the permission. */
export async function deleteMemberContact(
  actor: MemberActor,
  { id, environment }: DeleteContactInput,
  now: Date,
): Promise<Result<null, "not_found">> {
  if (!can(actor, "contacts.delete")) return noContact();
  return await transact(async (tx) => {
    const deleted = await deleteWithin(tx, viewOf(actor, environment), { id }, now);
    if (!deleted.ok) return deleted;
    // The id is its name: the record outlives the contact.
    const target = { type: "contact", id, name: id } as const;
    await recordAudit(tx, actor, { action: "contact.deleted", target }, now);
    return ok(null);
  });
}

/**
 * Deletes a contact for good, with its events, and its email from everywhere a person or program can see
 * (docs/data-kept.md); returns its id. A tombstone stays for programs that keep a copy. A suppression stays too,
 * without the email but with its hash.
 */
export async function deleteContact(
  view: View,
  ref: ContactRef,
  now: Date,
): Promise<Result<{ id: string }, "not_found">> {
  return await transact((tx) => deleteWithin(tx, view, ref, now));
}

async function deleteWithin(
  tx: Transaction,
  view: View,
  ref: ContactRef,
  now: Date,
): Promise<Result<{ id: string }, "not_found">> {
  const { workspaceId, environment } = view;
  const found = await findContact(tx, view, ref, now);
  if (!found) return noContact();
  const { id } = found;
  // Other changes of contacts wait from the clock on, and there may be a hundred thousand emails to note.
  const noted = await noteEmails(tx, view, found, new Date(0));
  const deletedAt = await raiseContactClock(tx, workspaceId, environment, now);
  const row = await tx.contact.findFirst({
    where: { id, workspaceId, environment },
    select: contactSelect,
  });
  // Somebody else deleted it meanwhile, and noted the same.
  if (!row) return noContact();
  const audiences = await audiencesOf(tx, view, id, now);
  const audienceIds = audiences.map((audience) => audience.id);
  // The contact goes first: this waits for transactions that record events of it, and keeps later ones out.
  await tx.contact.deleteMany({ where: { id } });
  await tx.contactEvent.deleteMany({ where: { contactId: id } });
  await tx.contactEventCount.deleteMany({ where: { contactId: id } });
  // Also those that were not sent yet: the last one, that it is deleted, follows with the tombstone.
  await tx.webhookEvent.deleteMany({ where: { objectId: id } });
  await forgetBeforeValues(tx, view, row, deletedAt);
  await forget(tx, view, row, noted, now);
  await tx.deletedContact.create({
    data: { id, workspaceId, environment, deletedAt, audienceIds },
    select: { id: true },
  });
  return ok({ id });
}

async function forget(
  tx: Transaction,
  view: View,
  contact: ContactRow,
  noted: NotedEmails,
  now: Date,
): Promise<void> {
  await forgetEmails(tx, view, [contact.email]);
  await forgetInEmails(tx, view, contact, noted, now);
  await forgetInAnswers(tx, view, contact);
  await forgetInAudit(tx, view, contact.email, now);
}

function noContact(): Failure<"not_found"> {
  return fail("not_found", "There is no such contact in this workspace and environment.");
}
