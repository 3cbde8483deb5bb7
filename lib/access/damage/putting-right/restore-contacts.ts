import { lockManagedKey } from "@/lib/access/damage/putting-right/lock-managed-key";
import {
  type ChangedBy,
  type ChangedContact,
  changedContacts,
} from "@/lib/access/damage/reading/changed-contacts";
import { PUT_RIGHT_BATCH } from "@/lib/access/damage/terms/limits";
import type { ChangedContactPlace, RestoreInput } from "@/lib/access/damage/terms/schema";
import { raiseContactClock } from "@/lib/mail/contacts/change-clock";
import type { ContactRow } from "@/lib/mail/contacts/contact-row";
import { unsubscribedAmong } from "@/lib/mail/contacts/look-up-contacts";
import { differ, valuesOf } from "@/lib/mail/contacts/merge-contact";
import { type ContactChange, storeChanges } from "@/lib/mail/contacts/store-changes";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { type View, viewOf } from "@/lib/people/auth/view";
import { type Reader, type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { ok, type Result } from "@/lib/platform/result";

/** The number of contacts that one batch restored, and the place where the next one goes on; null after the last. */
export type RestoredBatch = { restored: number; next: ChangedContactPlace | null };

/**
 * Gives the next 500 contacts that a key changed back what they had before, in one transaction, and records it.
 * Contacts that somebody else has changed since are left alone. So are contacts whose former email another contact has.
 * A contact that was unsubscribed stays so, unless `resubscribe` says otherwise and the person did not unsubscribe by a
 * link. A second call changes nothing. `not_found` for members who may not manage every key.
 */
export async function restoreContacts(
  actor: MemberActor,
  { after, resubscribe, ...damage }: RestoreInput,
  now: Date,
): Promise<Result<RestoredBatch, "not_found">> {
  return await transact(async (tx) => {
    const key = await lockManagedKey(tx, actor, damage.keyId);
    if (!key.ok) return key;
    const view = viewOf(actor, key.value.environment);
    const by: ChangedBy = { ...damage, workspaceId: actor.workspaceId };
    const at = await raiseContactClock(tx, actor.workspaceId, view.environment, now);
    const looked = await changedContacts(tx, by, after, PUT_RIGHT_BATCH);
    const plans = await planRestores(tx, view, looked, resubscribe);
    await storeChanges(tx, view, plans, { at, now });
    await leaveLists(tx, view, plans, at);
    await markRestored(tx, by, plans, now);
    if (plans.length > 0) {
      const changes = {
        contacts: { from: null, to: plans.length },
        since: { from: null, to: damage.since.toISOString() },
      };
      const target = { type: "key", id: key.value.id, name: key.value.name } as const;
      await recordAudit(tx, actor, { action: "key.contacts_restored", target, changes }, now);
    }
    const last = looked.length === PUT_RIGHT_BATCH ? looked.at(-1) : undefined;
    const next = last ? { at: last.at, contactId: last.contactId } : null;
    return ok({ restored: plans.length, next });
  });
}

/** The change that gives a contact back what it had, and the lists to take it off. */
type Restore = ContactChange & { row: ContactRow; leaves: readonly string[]; since: Date };

async function planRestores(
  tx: Reader,
  view: View,
  looked: readonly ChangedContact[],
  resubscribe: boolean,
): Promise<Restore[]> {
  const restorable = looked.filter(({ standing }) => standing === "restorable");
  const unsubscribed = await unsubscribedEmails(tx, view, restorable);
  const lists = await listsOf(tx, view, restorable);
  return restorable.flatMap(({ before, now: row, moves, at: since }): Restore[] => {
    if (!before || !row) return [];
    const own = unsubscribed.own.has(before.email) || unsubscribed.own.has(row.email);
    const left = row.unsubscribed || unsubscribed.any.has(before.email);
    const mayReturn = resubscribe && !own;
    const values = { ...before, unsubscribed: before.unsubscribed || (left && !mayReturn) };
    const isOn = (id: string) => lists.members.has(`${row.id} ${id}`);
    const moved = (move: string) =>
      moves.flatMap((one) => (one.move === move ? [one.audienceId] : []));
    return [
      {
        id: row.id,
        row,
        values,
        changed: differ(valuesOf(row), values),
        resubscribed: left && !values.unsubscribed,
        joins: moved("left").filter((id) => lists.known.has(id) && !isOn(id)),
        leaves: moved("joined").filter(isOn),
        since,
      },
    ];
  });
}

/** The unsubscribed emails of these contacts, now and before. `own` are those that the person unsubscribed by a link. */
async function unsubscribedEmails(
  tx: Reader,
  view: View,
  contacts: readonly ChangedContact[],
): Promise<{ any: Set<string>; own: Set<string> }> {
  const emails = contacts.flatMap(({ before, now }) => [before?.email ?? "", now?.email ?? ""]);
  const found = await unsubscribedAmong(tx, view, emails);
  const named = (some: typeof found) => new Set(some.map(({ email }) => email));
  return { any: named(found), own: named(found.filter(({ byLink }) => byLink)) };
}

/** The lists that these contacts were moved between: those that still exist, and who is on which. */
async function listsOf(
  tx: Reader,
  { workspaceId, environment }: View,
  contacts: readonly ChangedContact[],
): Promise<{ known: Set<string>; members: Set<string> }> {
  const ids = [
    ...new Set(contacts.flatMap(({ moves }) => moves.map(({ audienceId }) => audienceId))),
  ];
  if (ids.length === 0) return { known: new Set(), members: new Set() };
  const known = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM audience
    WHERE id = ANY(${ids}::text[]) AND workspace_id = ${workspaceId} AND environment = ${environment}::"Environment"
      AND rule IS NULL
    ORDER BY id FOR KEY SHARE`;
  const members = await tx.audienceMember.findMany({
    where: {
      audienceId: { in: ids },
      contactId: { in: contacts.map(({ contactId }) => contactId) },
    },
    select: { audienceId: true, contactId: true },
  });
  return {
    known: new Set(known.map(({ id }) => id)),
    members: new Set(members.map(({ contactId, audienceId }) => `${contactId} ${audienceId}`)),
  };
}

async function leaveLists(
  tx: Transaction,
  { actorId }: View,
  plans: readonly Restore[],
  at: Date,
): Promise<void> {
  const left = plans.flatMap(({ id, leaves }) => leaves.map((audienceId) => ({ id, audienceId })));
  if (left.length === 0) return;
  await tx.$executeRaw`
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(left)}::jsonb) AS given (id text, "audienceId" text)
    ), gone AS (
      DELETE FROM audience_member USING given WHERE audience_id = "audienceId" AND contact_id = given.id
    )
    UPDATE contact SET updated_at = ${at}::timestamptz(3), changed_by = ${actorId}
    WHERE id IN (SELECT id FROM given)`;
}

async function markRestored(
  tx: Transaction,
  { keyId }: ChangedBy,
  plans: readonly Restore[],
  now: Date,
): Promise<void> {
  if (plans.length === 0) return;
  const given = plans.map(({ id, since }) => ({ id, since }));
  await tx.$executeRaw`
    UPDATE contact_change SET restored_at = ${now}::timestamptz(3)
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS given (id text, since timestamptz)
    WHERE contact_id = given.id AND at >= since AND key_id = ${keyId}`;
}
