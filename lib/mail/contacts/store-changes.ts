import { emailHashes } from "@/lib/mail/address/email-hash";
import { keepingValues } from "@/lib/mail/contacts/before-values";
import { clockIfStill } from "@/lib/mail/contacts/change-clock";
import type { ContactRow } from "@/lib/mail/contacts/contact-row";
import type { ContactValues } from "@/lib/mail/contacts/merge-contact";
import { liftUnsubscribed, suppressUnsubscribed } from "@/lib/mail/contacts/subscription";
import { authorOf } from "@/lib/people/audit/author";
import { recordAudits } from "@/lib/people/audit/record";
import type { View } from "@/lib/people/auth/view";
import { thinQuery } from "@/lib/platform/database/thin-query";
import type { Reader, Transaction } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";

/** One contact as it will be; `row` is its stored state, null for a new contact. */
export type ContactChange = {
  id: string;
  row: ContactRow | null;
  values: ContactValues;
  /** Whether `values` differ from the stored ones. */
  changed: boolean;
  /** Whether it was unsubscribed and gets mail again. */
  resubscribed: boolean;
  /** The lists to put it on; it is on none of them yet. */
  joins: readonly string[];
};

/** `at` is the time the contact clock was raised to, `now` the time of the caller's clock. */
type Instants = { at: Date; now: Date };

/** Whether the change writes anything: a new contact, other values, or another list. */
export function changesAnything({ row, changed, joins }: ContactChange): boolean {
  return row === null || changed || joins.length > 0;
}

/** Writes changes of contacts and everything that follows from them: suppressions, lists, audit events. */
export async function storeChanges(
  tx: Transaction,
  view: View,
  changes: readonly ContactChange[],
  { at, now }: Instants,
): Promise<void> {
  const changing = changes.filter(changesAnything);
  if (changing.length > 0) await writeValues(tx, view, changing, at, now);
  await keepSuppressions(tx, view, changes, now);
  await join(tx, changes, now);
  await recordResubscribed(tx, view, changes, now);
}

/**
 * Writes the values of new and changed contacts, if the contact clock still stands at `clockAt`, as one statement that
 * needs no transaction. Returns the instant of the change; null where another change came first, and nothing is
 * written. Give only changes that `changesValuesAlone`.
 */
export async function storeValuesUnlessOvertaken(
  on: Reader,
  view: View,
  changes: readonly ContactChange[],
  clockAt: Date | null,
  now: Date,
): Promise<Date | null> {
  return await writeValues(on, view, changes, clockIfStill(view, clockAt, now), now);
}

/** Whether nothing but the contact's own row changes: no list, no suppression, no audit event. */
export function changesValuesAlone({ row, values, joins, resubscribed }: ContactChange): boolean {
  const suppresses = values.unsubscribed && !row?.unsubscribed;
  return joins.length === 0 && !suppresses && !resubscribed;
}

async function writeValues(
  on: Reader,
  view: View,
  changes: readonly ContactChange[],
  clock: Date | Prisma.Sql,
  now: Date,
): Promise<Date | null> {
  const { workspaceId, environment, actorId } = view;
  const at = clock instanceof Date ? Prisma.sql`SELECT ${clock}::timestamptz(3) AS at` : clock;
  const given = changes.map(({ id, row, values, joins }) => {
    return { id, isNew: row === null, joins, ...values };
  });
  const rows = await thinQuery<{ at: Date }>(
    on,
    Prisma.sql`
      WITH clock AS (${at}), given AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
          AS given (id text, "isNew" boolean, email text, "firstName" text, "lastName" text, unsubscribed boolean,
                    properties jsonb, joins text[])
      ), added AS (
        INSERT INTO contact (id, workspace_id, environment, email, first_name, last_name, unsubscribed,
                             properties, created_at, updated_at, created_by, changed_by)
        SELECT id, ${workspaceId}, ${environment}::"Environment", email, "firstName", "lastName", unsubscribed,
               properties, ${now}::timestamptz(3), at, ${actorId}, ${actorId}
        FROM given, clock WHERE "isNew"
      ), changed AS (
        UPDATE contact
        SET email = given.email, first_name = "firstName", last_name = "lastName",
            unsubscribed = given.unsubscribed, properties = given.properties, updated_at = at,
            changed_by = ${actorId}
        FROM given, clock WHERE contact.id = given.id AND NOT "isNew"
      )${keepingValues(view)}
      SELECT at FROM clock`,
  );
  return rows[0]?.at ?? null;
}

async function keepSuppressions(
  tx: Transaction,
  view: View,
  changes: readonly ContactChange[],
  now: Date,
): Promise<void> {
  const renamed = changes.flatMap(({ row, values }) =>
    row && row.email !== values.email ? [row.email] : [],
  );
  await forgetEmails(tx, view, renamed);
  const suppressed = changes.filter(
    ({ row, values }) => values.unsubscribed && !(row?.unsubscribed && row.email === values.email),
  );
  const emails = suppressed.map(({ values }) => values.email);
  await suppressUnsubscribed(tx, view, emails, now);
  const resubscribed = changes.filter((change) => change.resubscribed);
  await liftUnsubscribed(
    tx,
    view,
    resubscribed.flatMap(({ row, values }) => [values.email, ...(row ? [row.email] : [])]),
  );
}

/** Removes the text of these emails from their suppressions; the hashes stay. */
export async function forgetEmails(
  tx: Transaction,
  { workspaceId, environment }: View,
  emails: readonly string[],
): Promise<void> {
  if (emails.length === 0) return;
  const hashes = emails.flatMap((email) => emailHashes(workspaceId, email));
  // What webhooks were told of a complaint names the mailbox too.
  await tx.webhookEvent.deleteMany({ where: { objectId: { in: hashes } } });
  await tx.suppression.updateMany({
    where: { workspaceId, environment, emailHash: { in: hashes } },
    data: { email: null },
  });
}

async function join(tx: Transaction, changes: readonly ContactChange[], now: Date): Promise<void> {
  const data = changes.flatMap(({ id, joins }) =>
    joins.map((audienceId) => ({ audienceId, contactId: id, addedAt: now })),
  );
  if (data.length > 0) await tx.audienceMember.createMany({ data, skipDuplicates: true });
}

async function recordResubscribed(
  tx: Transaction,
  view: View,
  changes: readonly ContactChange[],
  now: Date,
): Promise<void> {
  const events = changes
    .filter(({ resubscribed }) => resubscribed)
    .map(({ id }) => ({
      action: "contact.resubscribed" as const,
      // The id is its name: the record outlives the contact and must not keep its email.
      target: { type: "contact" as const, id, name: id },
      changes: { unsubscribed: { from: true, to: false } },
    }));
  if (events.length === 0) return;
  await recordAudits(tx, authorOf(view), events, now);
}
