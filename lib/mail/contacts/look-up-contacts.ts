import { emailHashes } from "@/lib/mail/address/email-hash";
import { type ContactRow, contactColumns } from "@/lib/mail/contacts/contact-row";
import { visibleContacts } from "@/lib/mail/contacts/visible-contacts";
import type { View } from "@/lib/people/auth/view";
import type { Reader } from "@/lib/platform/database/unit-of-work";

/** The stored state of the contacts of a batch, before any of it is changed. */
export type KnownContacts = {
  /** The contacts that exist, by email; `visible` says whether the view shows them. */
  rows: ReadonlyMap<string, ContactRow & { visible: boolean }>;
  /** The emails of former contacts that had unsubscribed. */
  unsubscribed: ReadonlySet<string>;
  /** The named lists that a contact is on already, by the contact's id. */
  memberships: ReadonlyMap<string, ReadonlySet<string>>;
  /** The named audiences that exist, by id; true for an audience with a rule. */
  isRule: ReadonlyMap<string, boolean>;
};

type Named = { email: string; audiences: readonly string[] };

/**
 * Reads everything that a change of these contacts depends on. Call it after the contact clock is raised: until
 * `tx` ends, no other transaction then changes a contact or deletes one of the named audiences.
 */
export async function lookUpContacts(
  tx: Reader,
  view: View,
  items: readonly Named[],
  now: Date,
): Promise<KnownContacts> {
  const { workspaceId, environment } = view;
  const emails = items.map(({ email }) => email);
  const visible = await visibleContacts(tx, view, now);
  const rows = await tx.$queryRaw<(ContactRow & { visible: boolean })[]>`
    SELECT ${contactColumns}, (${visible}) AS visible FROM contact
    WHERE workspace_id = ${workspaceId} AND environment = ${environment}::"Environment"
      AND email = ANY(${emails}::text[])`;
  const byEmail = new Map(rows.map((row) => [row.email, row]));
  const strangers = emails.filter((email) => !byEmail.has(email));
  const audienceIds = [...new Set(items.flatMap(({ audiences }) => audiences))];
  return {
    rows: byEmail,
    unsubscribed: await formerlyUnsubscribed(tx, view, strangers),
    memberships: await membershipsAmong(tx, rows, audienceIds),
    isRule: await lockAudiences(tx, view, audienceIds),
  };
}

/** The emails among these that belonged to an unsubscribed contact. Give only emails that no contact has now. */
export async function formerlyUnsubscribed(
  tx: Reader,
  { workspaceId, environment }: View,
  emails: readonly string[],
): Promise<Set<string>> {
  if (emails.length === 0) return new Set();
  const byHash = new Map(
    emails.flatMap((email) => emailHashes(workspaceId, email).map((hash) => [hash, email])),
  );
  const found = await tx.suppression.findMany({
    where: {
      workspaceId,
      environment,
      reason: "unsubscribed",
      emailHash: { in: [...byHash.keys()] },
    },
    select: { emailHash: true },
  });
  return new Set(found.map((row) => byHash.get(row.emailHash) ?? ""));
}

async function membershipsAmong(
  tx: Reader,
  contacts: readonly { id: string }[],
  audienceIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  const memberships = new Map<string, Set<string>>();
  if (contacts.length === 0 || audienceIds.length === 0) return memberships;
  const found = await tx.audienceMember.findMany({
    where: {
      contactId: { in: contacts.map(({ id }) => id) },
      audienceId: { in: [...audienceIds] },
    },
    select: { contactId: true, audienceId: true },
  });
  for (const { contactId, audienceId } of found) {
    memberships.set(contactId, (memberships.get(contactId) ?? new Set()).add(audienceId));
  }
  return memberships;
}

async function lockAudiences(
  tx: Reader,
  { workspaceId, environment }: View,
  ids: readonly string[],
): Promise<Map<string, boolean>> {
  if (ids.length === 0) return new Map();
  const found = await tx.$queryRaw<{ id: string; isRule: boolean }[]>`
    SELECT id, rule IS NOT NULL AS "isRule" FROM audience
    WHERE id = ANY(${[...ids]}::text[]) AND workspace_id = ${workspaceId}
      AND environment = ${environment}::"Environment"
    ORDER BY id FOR KEY SHARE`;
  return new Map(found.map(({ id, isRule }) => [id, isRule]));
}
