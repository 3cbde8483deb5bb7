import type { EventInput } from "@/lib/mail/events/schema";
import { type NewEvent, type StoredEvent, storeEvents } from "@/lib/mail/events/store-events";
import type { View } from "@/lib/people/auth/view";
import { DAY_MS, later } from "@/lib/platform/clock";
import type { Reader } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { type Failure, fail, invalidFields, ok, type Result } from "@/lib/platform/result";

/** The most a sender's clock may run ahead; an event further ahead has not happened yet. */
const AHEAD_MAX_MS = DAY_MS;

export type Recorded = StoredEvent & { name: string };
type RecordFailure = "not_found" | "validation_error";

/**
 * Records contact events and returns the outcome of each, in a number of statements that does not grow with
 * them. With `allOrNothing`, one failure keeps all of them from being stored; the others then have the outcome
 * they would have had. An event is a duplicate, and not stored, when its contact has one with the same
 * `dedupe_id`. Contacts that are unknown or that the view does not show are `not_found`: events create no
 * contacts.
 */
export async function recordEvents(
  on: Reader,
  view: View,
  items: readonly EventInput[],
  { allOrNothing }: { allOrNothing: boolean },
  now: Date,
): Promise<Result<Recorded, RecordFailure>[]> {
  const plans = items.map((item) => planEvent(item, now));
  const planned = plans.flatMap((plan) => (plan.ok ? [plan.value] : []));
  const allOf = planned.length === plans.length ? "all or none" : "none";
  const which = allOrNothing ? allOf : "those of known contacts";
  const stored = await storeEvents(on, view, planned, which, now);
  return plans.map((plan) => {
    if (!plan.ok) return plan;
    const place = stored.get(plan.value.id);
    return place ? ok({ ...place, name: plan.value.name }) : noContact();
  });
}

function planEvent(item: EventInput, now: Date): Result<NewEvent, RecordFailure> {
  const at = item.occurred_at ?? now;
  if (at > later(now, AHEAD_MAX_MS)) return notYet();
  const { event: name, payload = {}, dedupe_id: dedupeId = null, contact_id: id } = item;
  const contact = id === undefined ? { email: item.email ?? "" } : { id };
  return ok({ id: newId("evt", now), contact, name, payload, at, dedupeId });
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
