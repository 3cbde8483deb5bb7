import { type AudienceRow, getAudience } from "@/lib/mail/audiences/audiences";
import { audiencesOf } from "@/lib/mail/audiences/audiences-of";
import { raiseContactClock } from "@/lib/mail/contacts/change-clock";
import { type ContactRef, findContact } from "@/lib/mail/contacts/contacts";
import type { ContactsView } from "@/lib/mail/contacts/visible-contacts";
import type { KeyActor } from "@/lib/people/auth/actor";
import { db, type Transaction } from "@/lib/platform/database/db";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

/** A list, and a contact that joins or leaves it. */
export type Membership = { audienceId: string; contact: ContactRef };
type Joined = { audienceId: string; contactId: string };

/** Puts a contact on a list; one that is on it stays on it. Fails with `conflict` where a rule decides. */
export async function joinAudience(
  actor: KeyActor,
  membership: Membership,
  now: Date,
): Promise<Result<Joined, "not_found" | "conflict">> {
  return await changeMembership(actor, membership, now, async (tx, { audienceId, contactId }) => {
    const data = { audienceId, contactId, addedAt: now };
    const { count } = await tx.audienceMember.createMany({ data, skipDuplicates: true });
    return count;
  });
}

/** Takes a contact off a list. Fails with `not_found` when it is not on it, with `conflict` where a rule decides. */
export async function leaveAudience(
  actor: KeyActor,
  membership: Membership,
  now: Date,
): Promise<Result<Joined, "not_found" | "conflict">> {
  let left = 0;
  const changed = await changeMembership(actor, membership, now, async (tx, joined) => {
    const { count } = await tx.audienceMember.deleteMany({ where: joined });
    left = count;
    return count;
  });
  return !changed.ok || left > 0 ? changed : noContact();
}

async function changeMembership(
  actor: KeyActor,
  { audienceId, contact }: Membership,
  now: Date,
  change: (tx: Transaction, joined: Joined) => Promise<number>,
): Promise<Result<Joined, "not_found" | "conflict">> {
  const { workspaceId, environment, keyId } = actor;
  return await db.$transaction(async (tx) => {
    const updatedAt = await raiseContactClock(tx, workspaceId, environment, now);
    const audience = await getAudience(actor, audienceId, tx);
    if (!audience.ok) return audience;
    if (audience.value.rule !== null) return decidedByRule();
    const row = await findContact(tx, actor, contact, now);
    if (!row) return noContact();
    const joined = { audienceId, contactId: row.id };
    if ((await change(tx, joined)) > 0) {
      await tx.contact.updateMany({ where: { id: row.id }, data: { updatedAt, changedBy: keyId } });
    }
    return ok(joined);
  });
}

/** The audiences, of those the view shows, that a contact is in; newest first. */
export async function listAudiencesOf(
  view: ContactsView,
  contact: ContactRef,
  now: Date,
): Promise<Result<AudienceRow[], "not_found">> {
  const row = await findContact(db, view, contact, now);
  if (!row) return noContact();
  const { workspaceId, environment } = view;
  const audiences = await audiencesOf(db, { workspaceId, environment, contactId: row.id }, now);
  return ok(audiences.filter(({ id }) => !view.audiences || view.audiences.includes(id)));
}

function noContact(): Failure<"not_found"> {
  return fail("not_found", "There is no such contact in this audience, workspace and environment.");
}

function decidedByRule(): Failure<"conflict"> {
  return fail(
    "conflict",
    "Who is in this audience is decided by its rule: nobody is put in or taken out by hand.",
  );
}
