import { emailHashes } from "@/lib/mail/address/email-hash";
import { type ContactRow, contactColumns } from "@/lib/mail/contacts/contact-row";
import { visibleContacts } from "@/lib/mail/contacts/visible-contacts";
import type { View } from "@/lib/people/auth/view";
import { thinQuery } from "@/lib/platform/database/thin-query";
import type { Reader } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";

/** The stored state of the contacts of a batch, before any of it is changed. */
export type KnownContacts = {
  /** The contacts that exist, by email; `visible` says whether the view shows them. */
  rows: ReadonlyMap<string, KnownRow>;
  /** The instant of the latest change to any contact of the workspace and environment; null before the first. */
  clockAt: Date | null;
  /** The emails of former contacts that had unsubscribed. */
  unsubscribed: ReadonlySet<string>;
  /** The named lists that a contact is on already, by the contact's id. */
  memberships: ReadonlyMap<string, ReadonlySet<string>>;
  /** The named audiences that exist, by id; true for an audience with a rule. */
  isRule: ReadonlyMap<string, boolean>;
};

type Named = { email: string; audiences: readonly string[] };

/**
 * Reads everything that a change of these contacts depends on. Inside a transaction, call it after the contact clock
 * is raised: until the transaction ends, no other then changes a contact or deletes one of the named audiences.
 * Elsewhere the change that follows must hold only while the clock still stands at `clockAt`.
 */
export async function lookUpContacts(
  on: Reader,
  view: View,
  items: readonly Named[],
  now: Date,
): Promise<KnownContacts> {
  const found = await findByEmail(on, view, items, now);
  const rows = found.flatMap((row) => (row.id === null ? [] : [row as KnownRow]));
  const audienceIds = [...new Set(items.flatMap(({ audiences }) => audiences))];
  return {
    rows: new Map(rows.map((row) => [row.email, row])),
    clockAt: found[0]?.clockAt ?? null,
    unsubscribed: new Set(found.flatMap((row) => (row.wasUnsubscribed ? [row.named] : []))),
    memberships: await membershipsAmong(on, rows, audienceIds),
    isRule: await lockAudiences(on, view, audienceIds),
  };
}

type KnownRow = ContactRow & { visible: boolean };
type FoundRow = (KnownRow | { id: null }) & {
  named: string;
  clockAt: Date | null;
  wasUnsubscribed: boolean;
};

/** A row for each email, with its contact where there is one. */
async function findByEmail(
  on: Reader,
  view: View,
  items: readonly Named[],
  now: Date,
): Promise<FoundRow[]> {
  const { workspaceId, environment } = view;
  const asked = items.map(({ email }) => ({ email, hashes: emailHashes(workspaceId, email) }));
  const place = Prisma.sql`workspace_id = ${workspaceId} AND environment = ${environment}::"Environment"`;
  return await thinQuery<FoundRow>(
    on,
    Prisma.sql`
      SELECT asked.email AS named, ${contactColumns}, (${await visibleContacts(on, view, now)}) AS visible,
             (SELECT last_change_at FROM contact_clock WHERE ${place}) AS "clockAt",
             contact.id IS NULL AND EXISTS (
               SELECT FROM suppression WHERE ${place} AND reason = 'unsubscribed'
                 AND email_hash = ANY(asked.hashes)) AS "wasUnsubscribed"
      FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS asked (email text, hashes text[])
      LEFT JOIN contact ON contact.workspace_id = ${workspaceId}
        AND contact.environment = ${environment}::"Environment" AND contact.email = asked.email`,
  );
}

/** The emails among these that belonged to an unsubscribed contact. Give only emails that no contact has now. */
export async function formerlyUnsubscribed(
  tx: Reader,
  view: View,
  emails: readonly string[],
): Promise<Set<string>> {
  return new Set((await unsubscribedAmong(tx, view, emails)).map(({ email }) => email));
}

/** An email that was unsubscribed. `byLink` is true where the person followed a link of a mail. */
export type UnsubscribedEmail = { email: string; byLink: boolean };

/** The emails among these that were unsubscribed, whoever has them now. */
export async function unsubscribedAmong(
  tx: Reader,
  { workspaceId, environment }: View,
  emails: readonly string[],
): Promise<UnsubscribedEmail[]> {
  if (emails.length === 0) return [];
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
    select: { emailHash: true, emailId: true },
  });
  return found.map(({ emailHash, emailId }) => ({
    email: byHash.get(emailHash) ?? "",
    byLink: emailId !== null,
  }));
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
