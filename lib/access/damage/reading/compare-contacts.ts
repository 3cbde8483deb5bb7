import { canSeeKey } from "@/lib/access/activity/reading/visible-keys";
import { keyNotFound } from "@/lib/access/api-keys/changes/change-key";
import {
  type ChangedContact,
  changedContacts,
  type Standing,
} from "@/lib/access/damage/reading/changed-contacts";
import { type Difference, differencesOf } from "@/lib/access/damage/reading/words";
import { COMPARED_PAGE } from "@/lib/access/damage/terms/limits";
import type { ChangedContactPlace, CompareInput } from "@/lib/access/damage/terms/schema";
import { type Author, authorIn, authorsOf } from "@/lib/mail/contacts/authors";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader } from "@/lib/platform/database/unit-of-work";
import { ok, type Result } from "@/lib/platform/result";

/** A contact that a key changed, as people compare its values before and now. */
export type ComparedContact = {
  id: string;
  /** Its email as it is now; null for one that is deleted. */
  email: string | null;
  standing: Standing;
  /** The member or key that changed it since. Null where nobody did, or where the contact did so itself by a link. */
  changedBy: Author | null;
  differences: Difference[];
};

/** A page of them, and the place where the next one goes on; null after the last. */
export type ComparedPage = { contacts: ComparedContact[]; next: ChangedContactPlace | null };

/**
 * The next 25 contacts that a key changed, with what each had before and has now. `not_found` for members who may not
 * see the key's activity or contacts.
 */
export async function compareContacts(
  actor: MemberActor,
  { after, ...damage }: CompareInput,
): Promise<Result<ComparedPage, "not_found">> {
  const { workspaceId } = actor;
  const maySee = can(actor, "contacts.read") && (await canSeeKey(actor, damage.keyId));
  if (!maySee) return keyNotFound();
  const by = { ...damage, workspaceId };
  const found = await changedContacts(reader(), by, after, COMPARED_PAGE + 1);
  const page = found.slice(0, COMPARED_PAGE);
  const names = await audienceNames(workspaceId, page);
  const authors = await authorsOf(
    workspaceId,
    page.map(({ changedBy }) => changedBy),
  );
  const last = found.length > COMPARED_PAGE ? page.at(-1) : undefined;
  return ok({
    contacts: page.map((contact) => ({
      id: contact.contactId,
      email: contact.now?.email ?? null,
      standing: contact.standing,
      changedBy: authorIn(authors, contact.changedBy),
      differences: differencesOf(contact, names),
    })),
    next: last ? { at: last.at, contactId: last.contactId } : null,
  });
}

async function audienceNames(
  workspaceId: string,
  contacts: readonly ChangedContact[],
): Promise<Map<string, string>> {
  const ids = contacts.flatMap(({ moves }) => moves.map(({ audienceId }) => audienceId));
  if (ids.length === 0) return new Map();
  const rows = await reader().audience.findMany({
    where: { workspaceId, id: { in: ids } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
