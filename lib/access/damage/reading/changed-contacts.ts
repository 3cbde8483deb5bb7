import type { ChangedContactPlace, DamageInput } from "@/lib/access/damage/terms/schema";
import type { BeforeValues } from "@/lib/mail/contacts/before-values";
import type { ContactRow } from "@/lib/mail/contacts/contact-row";
import type { Reader } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";

/**
 * The standing of a contact that a key changed. `restorable`: nobody else has changed it since, so it can have back
 * what it had. `email_taken`: another contact has its former email now.
 */
export type Standing = "restorable" | "changed_since" | "email_taken" | "added" | "deleted";

/** A list that a contact was put on or taken off, as its first such change says. */
export type ListMove = { audienceId: string; move: "joined" | "left" };

/** A contact that a key changed: its standing, its values before the first of these changes, and its values now. */
export type ChangedContact = ChangedContactPlace & {
  standing: Standing;
  /** Null where nothing is kept: the contact is new or deleted. */
  before: (BeforeValues & { email: string }) | null;
  now: ContactRow | null;
  /** The key or member that changed it last; null for the contact itself, by a link. */
  changedBy: string | null;
  moves: ListMove[];
};

/** The changes of one contact that are looked at. A contact that a key changed more often is left alone. */
const CHANGES_MAX = 1_000;

type Row = ChangedContactPlace & {
  standing: Standing;
  before: BeforeValues | null;
  formerEmail: string | null;
  now: ContactRow | null;
  changedBy: string | null;
  /** The lists of each change, in their order. */
  moves: { joined: string[]; left: string[] }[];
};

/** The contacts of a workspace that a key changed since an instant, in the order of the first change. */
export type ChangedBy = DamageInput & { workspaceId: string };

/**
 * The next `limit` contacts after a place that were changed and not restored yet. It walks an index of the key's
 * changes and looks at each contact's own changes, so it costs the same at any place in the list.
 */
export async function changedContacts(
  on: Reader,
  by: ChangedBy,
  after: ChangedContactPlace | null,
  limit: number,
): Promise<ChangedContact[]> {
  const rows = await on.$queryRaw<Row[]>`
    ${judgedContacts(by, after, limit)}
    SELECT judged."contactId", judged.at, judged.standing, judged.before, judged."formerEmail",
           judged."changedBy", judged.moves,
           CASE WHEN contact.id IS NOT NULL THEN jsonb_build_object(
             'id', contact.id, 'email', contact.email, 'firstName', contact.first_name, 'lastName', contact.last_name,
             'unsubscribed', contact.unsubscribed, 'properties', contact.properties) END AS now,
           contact.created_at AS "createdAt", contact.updated_at AS "updatedAt"
    FROM judged LEFT JOIN contact ON contact.id = judged."contactId"
    ORDER BY judged.at, judged."contactId"`;
  return rows.map(toChangedContact);
}

function toChangedContact({
  formerEmail,
  before,
  now,
  moves,
  ...row
}: Row & Partial<Pick<ContactRow, "createdAt" | "updatedAt">>): ChangedContact {
  const { createdAt, updatedAt, ...rest } = row;
  const contact = now && createdAt && updatedAt ? { ...now, createdAt, updatedAt } : null;
  const email = formerEmail ?? now?.email;
  return {
    ...rest,
    before: before && email ? { ...before, email } : null,
    now: contact,
    moves: firstMoves(moves),
  };
}

/** The first move of each list. It says whether the contact was on the list before. */
function firstMoves(moves: Row["moves"]): ListMove[] {
  const first = new Map<string, ListMove>();
  for (const { joined, left } of moves) {
    for (const audienceId of joined.filter((id) => !first.has(id))) {
      first.set(audienceId, { audienceId, move: "joined" });
    }
    for (const audienceId of left.filter((id) => !first.has(id))) {
      first.set(audienceId, { audienceId, move: "left" });
    }
  }
  return [...first.values()];
}

/**
 * SQL of a WITH whose table `judged` has the contacts that the chosen callers changed, by the first such change. Each
 * contact is looked up by its keys, whatever else the tables hold. The instants of a contact's changes show what else
 * happened to it since then: each change names the one before it, and the last is the contact's own `updated_at`,
 * unless somebody else came in between.
 */
export function judgedContacts(
  { workspaceId, keyId, since, addresses }: ChangedBy,
  after: ChangedContactPlace | null,
  limit: number,
): Prisma.Sql {
  const chosen = (change: Prisma.Sql) =>
    addresses ? Prisma.sql`${change}.address = ANY(${addresses}::text[])` : Prisma.sql`TRUE`;
  const counts = (change: Prisma.Sql) => Prisma.sql`
    ${change}.workspace_id = ${workspaceId} AND ${change}.key_id = ${keyId} AND ${change}.at >= ${since}::timestamptz
    AND ${change}.restored_at IS NULL`;
  const [one, earlier] = [Prisma.sql`one`, Prisma.sql`earlier`];
  const beyond = after
    ? Prisma.sql`AND (one.at, one.contact_id) > (${after.at}::timestamptz, ${after.contactId}::text)`
    : Prisma.empty;
  return Prisma.sql`
    WITH firsts AS MATERIALIZED (
      SELECT one.contact_id, one.at, one.kind, one.before FROM contact_change AS one
      WHERE ${counts(one)} AND ${chosen(one)} ${beyond}
        AND NOT EXISTS (
          SELECT FROM contact_change AS earlier
          WHERE earlier.contact_id = one.contact_id AND earlier.at < one.at AND ${counts(earlier)} AND ${chosen(earlier)})
      ORDER BY one.at, one.contact_id LIMIT ${limit}
    ), judged AS (
      SELECT firsts.contact_id AS "contactId", firsts.at, firsts.before, summed.former_email AS "formerEmail",
             contact.changed_by AS "changedBy", contact.unsubscribed, COALESCE(summed.moves, '[]') AS moves,
             CASE
               WHEN summed.deleted OR contact.id IS NULL THEN 'deleted'
               WHEN firsts.kind = 'created' THEN 'added'
               WHEN summed.mixed OR contact.updated_at <> summed.last_at THEN 'changed_since'
               WHEN other.id IS NOT NULL THEN 'email_taken'
               ELSE 'restorable'
             END AS standing
      FROM firsts
      CROSS JOIN LATERAL (
        SELECT max(at) AS last_at, bool_or(NOT is_chosen OR comes_after_another) AS mixed,
               bool_or(kind = 'deleted') AS deleted,
               (array_agg(former_email ORDER BY at) FILTER (WHERE former_email IS NOT NULL))[1] AS former_email,
               jsonb_agg(jsonb_build_object('joined', joined, 'left', "left") ORDER BY at)
                 FILTER (WHERE joined <> '{}' OR "left" <> '{}') AS moves
        FROM (
          SELECT at, kind, former_email, joined, "left", ${chosen(Prisma.sql`own`)} AS is_chosen,
                 at > firsts.at AND previous_at IS DISTINCT FROM lag(at) OVER (ORDER BY at) AS comes_after_another
          FROM contact_change AS own
          WHERE contact_id = firsts.contact_id AND at >= firsts.at AND key_id = ${keyId}
          ORDER BY at LIMIT ${CHANGES_MAX}) AS changes
      ) AS summed
      LEFT JOIN LATERAL (SELECT * FROM contact WHERE id = firsts.contact_id LIMIT 1) AS contact ON TRUE
      LEFT JOIN LATERAL (
        SELECT id FROM contact AS others
        WHERE others.workspace_id = contact.workspace_id AND others.environment = contact.environment
          AND others.email = summed.former_email AND others.id <> contact.id LIMIT 1) AS other ON TRUE
    )`;
}
