import { BEFORE_KEPT_DAYS } from "@/lib/mail/contacts/limits";
import type { View } from "@/lib/people/auth/view";
import { DAY_MS, later } from "@/lib/platform/clock";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";

/** The changes that one transaction forgets. */
const FORGET_BATCH = 5_000;
/**
 * The most batches of one hour. At a thousand contacts a second, keys change fewer contacts in an hour than these hold.
 */
const BATCHES_MAX = 800;

/** The values of a contact before a change, as they are stored. Its email is stored apart, where it changed. */
export type BeforeValues = {
  firstName: string | null;
  lastName: string | null;
  unsubscribed: boolean;
  properties: Record<string, string | number | boolean>;
};

const COLUMNS = Prisma.sql`
  (workspace_id, environment, key_id, contact_id, at, kind, address, previous_at, former_email, before, joined, "left")`;

const BEFORE = Prisma.sql`
  jsonb_build_object('firstName', contact.first_name, 'lastName', contact.last_name,
                     'unsubscribed', contact.unsubscribed, 'properties', contact.properties)`;

/**
 * SQL that keeps what contacts had before a key writes the `given` values to them (`id`, `email`, and the lists to join
 * as `joins`) at the instant of `clock`. It follows other parts of a WITH. It is part of the statement that writes, so
 * it sees the contacts as they were. Empty where a member writes, since the audit log has what members do.
 */
export function keepingValues({ workspaceId, environment, actor }: View): Prisma.Sql {
  if (actor.kind !== "key") return Prisma.empty;
  return Prisma.sql`, kept AS (
        INSERT INTO contact_change ${COLUMNS}
        SELECT ${workspaceId}, ${environment}::"Environment", ${actor.keyId}, given.id, clock.at,
               CASE WHEN contact.id IS NULL THEN 'created' ELSE 'changed' END::"ContactChangeKind", ${actor.address},
               contact.updated_at, CASE WHEN contact.email <> given.email THEN contact.email END,
               CASE WHEN contact.id IS NOT NULL THEN ${BEFORE} END, given.joins, '{}'
        FROM given CROSS JOIN clock LEFT JOIN contact ON contact.id = given.id
      )`;
}

/**
 * `keepingValues` for the contacts in `moved` (`contact_id`, `audience_id`), which a key puts on a list or takes off it
 * at `at`.
 */
export function keepingMembership(
  { workspaceId, environment, actor }: View,
  move: "joined" | "left",
  at: Date,
): Prisma.Sql {
  if (actor.kind !== "key") return Prisma.empty;
  const list = Prisma.sql`ARRAY[moved.audience_id]`;
  const none = Prisma.sql`'{}'::text[]`;
  const lists = move === "joined" ? [list, none] : [none, list];
  return Prisma.sql`, kept AS (
      INSERT INTO contact_change ${COLUMNS}
      SELECT ${workspaceId}, ${environment}::"Environment", ${actor.keyId}, contact.id, ${at}::timestamptz(3),
             'changed', ${actor.address}, contact.updated_at, NULL, ${BEFORE}, ${Prisma.join(lists)}
      FROM moved JOIN contact ON contact.id = moved.contact_id
    )`;
}

/**
 * Forgets everything that is kept of a contact that was deleted, and of contacts that had its email before. Where a key
 * deleted it, that stays on record, by its id alone.
 */
export async function forgetBeforeValues(
  tx: Transaction,
  { workspaceId, environment, actor }: View,
  { id, email }: { id: string; email: string },
  deletedAt: Date,
): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM contact_change WHERE contact_id IN (
      SELECT ${id} UNION ALL
      SELECT contact_id FROM contact_change
      WHERE workspace_id = ${workspaceId} AND environment = ${environment}::"Environment" AND former_email = ${email})`;
  if (actor.kind !== "key") return;
  const { keyId, address } = actor;
  const deletion = { workspaceId, environment, keyId, contactId: id, at: deletedAt, address };
  await tx.contactChange.create({ data: { ...deletion, kind: "deleted" }, select: { at: true } });
}

/** Forgets what contacts had before changes of more than 30 days ago. */
export async function forgetOldBeforeValues(now: Date): Promise<void> {
  const before = later(now, -BEFORE_KEPT_DAYS * DAY_MS);
  for (let done = 0; done < BATCHES_MAX; done += 1) {
    const deleted = await transact(
      (tx) => tx.$executeRaw`
        DELETE FROM contact_change WHERE (contact_id, at) IN (
          SELECT contact_id, at FROM contact_change WHERE at < ${before} LIMIT ${FORGET_BATCH})`,
    );
    if (deleted < FORGET_BATCH) return;
  }
}
