import { audiencesOf } from "@/lib/mail/audiences/audiences-of";
import { raiseContactClock } from "@/lib/mail/contacts/change-clock";
import { type ContactRef, findContact } from "@/lib/mail/contacts/contacts";
import { forgetAddresses } from "@/lib/mail/contacts/store-changes";
import type { KeyActor } from "@/lib/people/auth/actor";
import { db } from "@/lib/platform/database/db";
import { fail, ok, type Result } from "@/lib/platform/result";

/**
 * Deletes a contact for good, with what it did, and returns its id. What stays is a tombstone for who
 * keeps a copy, and the hash of an address that gets no mail.
 */
export async function deleteContact(
  actor: KeyActor,
  ref: ContactRef,
  now: Date,
): Promise<Result<{ id: string }, "not_found">> {
  const { workspaceId, environment } = actor;
  return await db.$transaction(async (tx) => {
    const deletedAt = await raiseContactClock(tx, workspaceId, environment, now);
    const row = await findContact(tx, actor, ref, now);
    if (!row)
      return fail("not_found", "There is no such contact in this workspace and environment.");
    const { id, email } = row;
    const audiences = await audiencesOf(tx, { workspaceId, environment, contactId: id }, now);
    const audienceIds = audiences.map((audience) => audience.id);
    // First of all: that waits for who is recording an event of the contact, and keeps out who comes later.
    await tx.contact.deleteMany({ where: { id } });
    await tx.contactEvent.deleteMany({ where: { contactId: id } });
    await tx.contactEventCount.deleteMany({ where: { contactId: id } });
    await forgetAddresses(tx, actor, [email]);
    await tx.deletedContact.create({
      data: { id, workspaceId, environment, deletedAt, audienceIds },
      select: { id: true },
    });
    return ok({ id });
  });
}
