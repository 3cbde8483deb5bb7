import { audiencesOf } from "@/lib/mail/audiences/audiences-of";
import { raiseContactClock } from "@/lib/mail/contacts/change-clock";
import { type ContactRef, findContact } from "@/lib/mail/contacts/contacts";
import { forgetEmails } from "@/lib/mail/contacts/store-changes";
import type { View } from "@/lib/people/auth/view";
import { transact } from "@/lib/platform/database/unit-of-work";
import { fail, ok, type Result } from "@/lib/platform/result";

/**
 * Deletes a contact for good, with its events, and returns its id. A tombstone stays for programs that keep a
 * copy. A suppression stays too, without the email but with its hash.
 */
export async function deleteContact(
  view: View,
  ref: ContactRef,
  now: Date,
): Promise<Result<{ id: string }, "not_found">> {
  const { workspaceId, environment } = view;
  return await transact(async (tx) => {
    const deletedAt = await raiseContactClock(tx, workspaceId, environment, now);
    const row = await findContact(tx, view, ref, now);
    if (!row)
      return fail("not_found", "There is no such contact in this workspace and environment.");
    const { id, email } = row;
    const audiences = await audiencesOf(tx, view, id, now);
    const audienceIds = audiences.map((audience) => audience.id);
    // The contact goes first: this waits for transactions that record events of it, and keeps later ones out.
    await tx.contact.deleteMany({ where: { id } });
    await tx.contactEvent.deleteMany({ where: { contactId: id } });
    await tx.contactEventCount.deleteMany({ where: { contactId: id } });
    await forgetEmails(tx, view, [email]);
    await tx.deletedContact.create({
      data: { id, workspaceId, environment, deletedAt, audienceIds },
      select: { id: true },
    });
    return ok({ id });
  });
}
