import type { AudienceRow } from "@/lib/mail/audiences/audience-row";
import { visibleAudiencesOf } from "@/lib/mail/audiences/audiences-of";
import { type Author, authorIn, authorsOf } from "@/lib/mail/contacts/authors";
import type { ContactRow } from "@/lib/mail/contacts/contact-row";
import { findContact } from "@/lib/mail/contacts/find-contact";
import { listContacts } from "@/lib/mail/contacts/list-contacts";
import type { ContactsPageQuery } from "@/lib/mail/contacts/schema";
import { suppressionsOf } from "@/lib/mail/suppressions/find-suppressions";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { viewOf } from "@/lib/people/auth/view";
import { reader } from "@/lib/platform/database/unit-of-work";
import type { Page } from "@/lib/platform/paging/page";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";
import type { Environment, SuppressionReason } from "@/prisma/generated/enums";

const PAGE_SIZE = 50;

/** A contact, and the reason why its email gets no mail, or no campaigns, if it is suppressed. */
export type MemberContact = ContactRow & { suppressed: SuppressionReason | null };

/**
 * A page of the workspace's contacts, newest first. Fails with `not_found` for members without the permission
 * and for an audience that is gone, and with `validation_error` for a cursor that leads nowhere.
 */
export async function listMemberContacts(
  actor: MemberActor,
  query: ContactsPageQuery,
  now: Date,
): Promise<Result<Page<MemberContact>, "not_found" | "validation_error">> {
  if (!can(actor, "contacts.read")) return notFound();
  const { search, audience, status, after, before } = query;
  const filter = {
    limit: PAGE_SIZE,
    ...(after ? { after } : before ? { before } : {}),
    ...(search ? { search } : {}),
    ...(audience ? { audience } : {}),
    ...(status === "all" ? {} : { unsubscribed: status === "unsubscribed" }),
  };
  const page = await listContacts(viewOf(actor, query.environment), filter, now);
  if (!page.ok) return page;
  const rows = await withSuppressions(actor, query.environment, page.value.rows);
  return ok({ ...page.value, rows });
}

async function withSuppressions(
  { workspaceId }: MemberActor,
  environment: Environment,
  rows: readonly ContactRow[],
): Promise<MemberContact[]> {
  const emails = rows.map(({ email }) => email);
  const group = { workspaceId, environment, emails, skipUnsubscribed: true };
  const [found = []] = await suppressionsOf(reader(), [group]);
  const reasons = new Map(found.map(({ email, reason }) => [email, reason]));
  return rows.map((row) => ({ ...row, suppressed: reasons.get(row.email) ?? null }));
}

/** Everything the console shows of one contact. */
export type ContactProfile = {
  contact: MemberContact;
  audiences: AudienceRow[];
  createdBy: Author | null;
  changedBy: Author | null;
  lastOpenedAt: Date | null;
  lastClickedAt: Date | null;
};

/** One contact with its audiences, and with the key or member that created it and the one that changed it last. */
export async function getContactProfile(
  actor: MemberActor,
  { id, environment }: { id: string; environment: Environment },
  now: Date,
): Promise<Result<ContactProfile, "not_found">> {
  if (!can(actor, "contacts.read")) return notFound();
  const { workspaceId } = actor;
  const view = viewOf(actor, environment);
  const row = await findContact(reader(), view, { id }, now);
  if (!row) return notFound();
  const more = await reader().contact.findFirst({
    where: { id, workspaceId },
    select: { createdBy: true, changedBy: true, lastOpenedAt: true, lastClickedAt: true },
  });
  if (!more) return notFound();
  const authors = await authorsOf(workspaceId, [more.createdBy, more.changedBy]);
  const [contact = { ...row, suppressed: null }] = await withSuppressions(actor, environment, [
    row,
  ]);
  return ok({
    contact,
    audiences: await visibleAudiencesOf(reader(), view, id, now),
    createdBy: authorIn(authors, more.createdBy),
    changedBy: authorIn(authors, more.changedBy),
    lastOpenedAt: more.lastOpenedAt,
    lastClickedAt: more.lastClickedAt,
  });
}

function notFound(): Failure<"not_found"> {
  return fail("not_found", "There is no such contact.");
}
