import { visibleContacts } from "@/lib/mail/contacts/visible-contacts";
import type { EventInput } from "@/lib/mail/events/schema";
import { insertEvents, type NewEvent } from "@/lib/mail/events/store-events";
import type { View } from "@/lib/people/auth/view";
import { DAY_MS, later } from "@/lib/platform/clock";
import type { Reader } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { type Failure, fail, invalidFields, ok, type Result } from "@/lib/platform/result";

/** The most a sender's clock may run ahead; an event further ahead has not happened yet. */
const AHEAD_MAX_MS = DAY_MS;

export type Recorded = { id: string; name: string; contactId: string; duplicate: boolean };
type RecordFailure = "not_found" | "validation_error";

/**
 * Records contact events and returns the outcome of each, in a number of statements that does not grow with
 * them. With `allOrNothing`, one failure keeps all of them from being stored; the others then have the outcome
 * they would have had. An event is a duplicate, and not stored, when its contact has one with the same
 * `dedupe_id`. Contacts that are unknown or that the view does not show are `not_found`: events create no
 * contacts.
 */
export async function recordEvents(
  tx: Reader,
  view: View,
  items: readonly EventInput[],
  { allOrNothing }: { allOrNothing: boolean },
  now: Date,
): Promise<Result<Recorded, RecordFailure>[]> {
  const contacts = await lockContacts(tx, view, items, now);
  const plans = items.map((item) => planEvent(item, contacts, now));
  const planned = plans.flatMap((plan) => (plan.ok ? [plan.value] : []));
  const isStored = !allOrNothing || planned.length === plans.length;
  const duplicates = isStored ? await insertEvents(tx, view, planned, now) : new Map();
  return plans.map((plan) => {
    if (!plan.ok) return plan;
    const { id, name, contactId } = plan.value;
    const first = duplicates.get(id);
    return ok({ id: first ?? id, name, contactId, duplicate: first !== undefined });
  });
}

/**
 * The ids of the named contacts the view shows, by id and by email. The contacts are locked until `tx` ends, so
 * a deletion waits and then finds the events recorded for its contact.
 */
async function lockContacts(
  tx: Reader,
  view: View,
  items: readonly EventInput[],
  now: Date,
): Promise<Map<string, string>> {
  const ids = items.flatMap((item) => item.contact_id ?? []);
  const emails = items.flatMap((item) => item.email ?? []);
  const visible = await visibleContacts(tx, view, now);
  const rows = await tx.$queryRaw<{ id: string; email: string }[]>`
    SELECT contact.id, contact.email FROM contact
    WHERE ${visible} AND (contact.id = ANY(${ids}::text[]) OR contact.email = ANY(${emails}::text[]))
    ORDER BY contact.id FOR KEY SHARE OF contact`;
  return new Map(rows.flatMap(({ id, email }) => [[id, id] as const, [email, id] as const]));
}

function planEvent(
  item: EventInput,
  contacts: ReadonlyMap<string, string>,
  now: Date,
): Result<NewEvent, RecordFailure> {
  const at = item.occurred_at ?? now;
  if (at > later(now, AHEAD_MAX_MS)) return notYet();
  const contactId = contacts.get(item.contact_id ?? item.email ?? "");
  if (!contactId) return noContact();
  const { event: name, payload = {}, dedupe_id: dedupeId = null } = item;
  return ok({ id: newId("evt", now), contactId, name, payload, at, dedupeId });
}

function notYet(): Failure<"validation_error"> {
  return invalidFields({ occurred_at: ["This lies in the future: record what has happened."] });
}

function noContact(): Failure<"not_found"> {
  return fail(
    "not_found",
    "There is no such contact in this workspace and environment. Add it first: events make no contacts.",
  );
}
