import { emailHash } from "@/lib/mail/address/email-hash";
import type { ContactRow } from "@/lib/mail/contacts/contact-view";
import type { ContactValues } from "@/lib/mail/contacts/merge-contact";
import { liftUnsubscribed, suppressUnsubscribed } from "@/lib/mail/contacts/subscription";
import { recordAudits } from "@/lib/people/audit/record";
import type { KeyActor } from "@/lib/people/auth/actor";
import type { Transaction } from "@/lib/platform/database/db";

/** One contact as it is to be: `row` is what is stored of it, null for a new one. */
export type ContactChange = {
  id: string;
  row: ContactRow | null;
  values: ContactValues;
  /** Whether `values` differ from what is stored. */
  changed: boolean;
  /** Whether it had unsubscribed, and gets mail again. */
  resubscribed: boolean;
  /** The lists it is to be put on; it is on none of them. */
  joins: readonly string[];
};

/** `at` is what the contact clock was raised to, `now` what the caller's clock says. */
type Instants = { at: Date; now: Date };

/** Whether the contact is another one afterwards. */
export function changesAnything({ row, changed, joins }: ContactChange): boolean {
  return row === null || changed || joins.length > 0;
}

/** Writes changes of contacts and all that follows from them: suppressions, lists, the audit record. */
export async function storeChanges(
  tx: Transaction,
  actor: KeyActor,
  changes: readonly ContactChange[],
  instants: Instants,
): Promise<void> {
  await insert(
    tx,
    actor,
    changes.filter(({ row }) => row === null),
    instants,
  );
  await update(
    tx,
    actor,
    changes.filter((change) => change.row && changesAnything(change)),
    instants,
  );
  await keepSuppressions(tx, actor, changes, instants.now);
  await join(tx, changes, instants.now);
  await recordResubscribed(tx, actor, changes, instants.now);
}

async function insert(
  tx: Transaction,
  { workspaceId, environment, keyId }: KeyActor,
  changes: readonly ContactChange[],
  { at, now }: Instants,
): Promise<void> {
  if (changes.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO contact (id, workspace_id, environment, email, first_name, last_name, unsubscribed,
                         properties, created_at, updated_at, created_by, changed_by)
    SELECT id, ${workspaceId}, ${environment}::"Environment", email, "firstName", "lastName",
           unsubscribed, properties, ${now}, ${at}, ${keyId}, ${keyId}
    FROM jsonb_to_recordset(${asRecords(changes)}::jsonb)
      AS given (id text, email text, "firstName" text, "lastName" text, unsubscribed boolean,
                properties jsonb)`;
}

async function update(
  tx: Transaction,
  { keyId }: KeyActor,
  changes: readonly ContactChange[],
  { at }: Instants,
): Promise<void> {
  if (changes.length === 0) return;
  await tx.$executeRaw`
    UPDATE contact
    SET email = given.email, first_name = given."firstName", last_name = given."lastName",
        unsubscribed = given.unsubscribed, properties = given.properties,
        updated_at = ${at}, changed_by = ${keyId}
    FROM jsonb_to_recordset(${asRecords(changes)}::jsonb)
      AS given (id text, email text, "firstName" text, "lastName" text, unsubscribed boolean,
                properties jsonb)
    WHERE contact.id = given.id`;
}

function asRecords(changes: readonly ContactChange[]): string {
  return JSON.stringify(changes.map(({ id, values }) => ({ id, ...values })));
}

async function keepSuppressions(
  tx: Transaction,
  { workspaceId, environment }: KeyActor,
  changes: readonly ContactChange[],
  now: Date,
): Promise<void> {
  const place = { workspaceId, environment };
  const renamed = changes.flatMap(({ row, values }) =>
    row && row.email !== values.email ? [row.email] : [],
  );
  await forgetAddresses(tx, place, renamed);
  const suppressed = changes.filter(
    ({ row, values }) => values.unsubscribed && !(row?.unsubscribed && row.email === values.email),
  );
  const emails = suppressed.map(({ values }) => values.email);
  await suppressUnsubscribed(tx, place, emails, now);
  const resubscribed = changes.filter((change) => change.resubscribed);
  await liftUnsubscribed(
    tx,
    place,
    resubscribed.flatMap(({ row, values }) => [values.email, ...(row ? [row.email] : [])]),
  );
}

/** Takes the addresses themselves out of the suppressions that are kept of them. */
export async function forgetAddresses(
  tx: Transaction,
  { workspaceId, environment }: Pick<KeyActor, "workspaceId" | "environment">,
  emails: readonly string[],
): Promise<void> {
  if (emails.length === 0) return;
  const emailHashes = emails.map((email) => emailHash(workspaceId, email));
  await tx.suppression.updateMany({
    where: { workspaceId, environment, emailHash: { in: emailHashes } },
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
  actor: KeyActor,
  changes: readonly ContactChange[],
  now: Date,
): Promise<void> {
  const events = changes
    .filter(({ resubscribed }) => resubscribed)
    .map(({ id }) => ({
      action: "contact.resubscribed" as const,
      // Named by its id: the record outlives the contact, and must not keep its address.
      target: { type: "contact" as const, id, name: id },
      changes: { unsubscribed: { from: true, to: false } },
    }));
  if (events.length === 0) return;
  const { workspaceId, address, userAgent } = actor;
  const by = { workspaceId, memberId: null, name: `API key ${actor.keyName}`, address, userAgent };
  await recordAudits(tx, by, events, now);
}
