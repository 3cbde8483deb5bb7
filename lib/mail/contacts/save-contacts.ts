import { raiseContactClock } from "@/lib/mail/contacts/change-clock";
import type { ContactRow } from "@/lib/mail/contacts/contact-row";
import { type KnownContacts, lookUpContacts } from "@/lib/mail/contacts/look-up-contacts";
import {
  blankContact,
  mergeContact,
  valuesOf,
  wouldSubscribe,
} from "@/lib/mail/contacts/merge-contact";
import type { UpdateContactInput } from "@/lib/mail/contacts/schema";
import {
  type ContactChange,
  changesAnything,
  changesValuesAlone,
  storeChanges,
  storeValuesUnlessOvertaken,
} from "@/lib/mail/contacts/store-changes";
import type { View } from "@/lib/people/auth/view";
import { reader, type Transaction } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { type Failure, fail, invalidFields, ok, type Result } from "@/lib/platform/result";

/** The changes to the contact with this email, and the lists to put it on. */
export type ContactItem = {
  email: string;
  input: Omit<UpdateContactInput, "email">;
  audiences: readonly string[];
};

export type SaveFailure = "conflict" | "audience_not_allowed" | "validation_error";
export type Saved = {
  status: "created" | "updated" | "unchanged";
  contact: ContactRow;
  /** Whether it was to be subscribed, and stays unsubscribed because nobody said that the person asked for it. */
  staysUnsubscribed: boolean;
};

export type SaveOptions = {
  /** Whether an item for an existing contact changes it or is refused. */
  existing: "change" | "refuse";
  /** Whether an item that would subscribe an unsubscribed contact is refused, or stored but for that. */
  unsubscribed: "refuse" | "keep";
  /** Whether one failure keeps all others from being stored. */
  allOrNothing: boolean;
};

/**
 * Adds and changes contacts and returns the outcome of each, in a number of statements that does not grow with
 * them. With `allOrNothing`, one failure keeps all of them from being stored; the others then have the outcome
 * they would have had. A contact that stays the same is not written, so that a nightly sync of all contacts
 * changes only those that differ.
 */
export async function saveContacts(
  tx: Transaction,
  view: View,
  items: readonly ContactItem[],
  options: SaveOptions,
  now: Date,
): Promise<Result<Saved, SaveFailure>[]> {
  const at = await raiseContactClock(tx, view.workspaceId, view.environment, now);
  const known = await lookUpContacts(tx, view, items, now);
  const plans = planChanges(view, items, known, options, now);
  const changes = plans.flatMap((planned) => (planned.ok ? [planned.value] : []));
  if (!options.allOrNothing || changes.length === plans.length) {
    await storeChanges(tx, view, changes, { at, now });
  }
  return plans.map((planned) => (planned.ok ? ok(toSaved(planned.value, at, now)) : planned));
}

/**
 * `saveContacts` without a transaction, in two statements, for changes of values alone: reads, then writes if no
 * contact has changed meanwhile. Null, with nothing written, where one has, or where a change takes more than that.
 */
export async function saveValues(
  view: View,
  items: readonly ContactItem[],
  options: Omit<SaveOptions, "allOrNothing">,
  now: Date,
): Promise<Result<Saved, SaveFailure>[] | null> {
  const known = await lookUpContacts(reader(), view, items, now);
  const plans = planChanges(view, items, known, options, now);
  const changes = plans.flatMap((planned) => (planned.ok ? [planned.value] : []));
  if (!changes.every(changesValuesAlone)) return null;
  const changing = changes.filter(changesAnything);
  const at = changing.length
    ? await storeValuesUnlessOvertaken(reader(), view, changing, known.clockAt, now)
    : now;
  if (!at) return null;
  return plans.map((planned) => (planned.ok ? ok(toSaved(planned.value, at, now)) : planned));
}

function planChanges(
  view: View,
  items: readonly ContactItem[],
  known: KnownContacts,
  { existing, unsubscribed }: Omit<SaveOptions, "allOrNothing">,
  now: Date,
): Result<Plan, SaveFailure>[] {
  const seen = new Set<string>();
  return items.map((item) => {
    if (seen.has(item.email)) return namedTwice();
    seen.add(item.email);
    if (existing === "refuse" && known.rows.get(item.email)?.visible) return emailTaken();
    return planChange(view, item, { known, unsubscribed }, now);
  });
}

type Circumstances = { known: KnownContacts; unsubscribed: SaveOptions["unsubscribed"] };
type Plan = ContactChange & Pick<Saved, "staysUnsubscribed">;

function planChange(
  view: View,
  { email, input, audiences }: ContactItem,
  { known, unsubscribed }: Circumstances,
  now: Date,
): Result<Plan, SaveFailure> {
  const found = known.rows.get(email);
  if (found && !found.visible) return belongsElsewhere();
  const refusal = refuseAudiences(view, audiences, known, !found);
  if (refusal) return refusal;
  const before = found ? valuesOf(found) : blankContact(email, known.unsubscribed.has(email));
  const staysUnsubscribed = unsubscribed === "keep" && wouldSubscribe(before, input);
  const merged = mergeContact(before, staysUnsubscribed ? { ...input, unsubscribed: true } : input);
  if (!merged.ok) return merged;
  const joined = found ? known.memberships.get(found.id) : undefined;
  const joins = [...new Set(audiences)].filter((audience) => !joined?.has(audience));
  const id = found?.id ?? newId("con", now);
  return ok({ id, row: found ?? null, ...merged.value, joins, staysUnsubscribed });
}

/** The failure for a contact that cannot be put on these lists, else null; `isNew` for one that does not exist yet. */
function refuseAudiences(
  view: View,
  audiences: readonly string[],
  known: KnownContacts,
  isNew: boolean,
): Failure<SaveFailure> | null {
  const { audiences: allowed } = view;
  if (allowed && isNew && audiences.length === 0) return needsAudience();
  for (const id of audiences) {
    if (allowed && !allowed.includes(id)) return notAllowed(id);
    const isRule = known.isRule.get(id);
    if (isRule === undefined) return invalidFields({ audiences: [`There is no audience ${id}.`] });
    if (isRule) return decidedByRule(id);
  }
  return null;
}

function toSaved(change: Plan, at: Date, now: Date): Saved {
  const { id, row, values, staysUnsubscribed } = change;
  if (row && !changesAnything(change)) {
    return { status: "unchanged", contact: row, staysUnsubscribed };
  }
  const contact = { id, ...values, createdAt: row?.createdAt ?? now, updatedAt: at };
  return { status: row ? "updated" : "created", contact, staysUnsubscribed };
}

function decidedByRule(id: string): Failure<"conflict"> {
  return fail("conflict", `Who is in ${id} is decided by its rule: nobody is put in by hand.`);
}

function namedTwice(): Failure<"validation_error"> {
  return invalidFields({ email: ["This e-mail is in the batch twice: send it once."] });
}

function emailTaken(): Failure<"conflict"> {
  return fail(
    "conflict",
    "A contact with this e-mail exists already. PUT /contacts/{email} creates or changes it.",
  );
}

function belongsElsewhere(): Failure<"audience_not_allowed"> {
  return fail(
    "audience_not_allowed",
    "This e-mail belongs to a contact outside the audiences that this key is limited to.",
  );
}

function needsAudience(): Failure<"audience_not_allowed"> {
  return fail(
    "audience_not_allowed",
    "This key is limited to some audiences. Name one of them in “audiences” for a new contact.",
  );
}

function notAllowed(id: string): Failure<"audience_not_allowed"> {
  return fail("audience_not_allowed", `This key is limited to other audiences than ${id}.`);
}
