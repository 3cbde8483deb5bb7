import { KNOWN_ON_DAYS, KNOWN_WITHIN_DAYS } from "@/lib/access/activity/limits";
import type { DamageCaller } from "@/lib/access/damage/reading/calls-since";
import type { ChangedContact, Standing } from "@/lib/access/damage/reading/changed-contacts";
import type { ProposedSince } from "@/lib/access/damage/reading/propose-since";
import { listed } from "@/lib/platform/format/list";
import { countOf, formatCount } from "@/lib/platform/format/number";

/** One value of a contact before and now. “none” where there is no value. */
export type Difference = { label: string; before: string; now: string };

const NONE = "none";

/** The differences between a contact as it was and as it is. Empty where nothing is kept of what it was. */
export function differencesOf(
  { before, now, moves }: ChangedContact,
  audienceNames: ReadonlyMap<string, string>,
): Difference[] {
  if (!before || !now) return [];
  const properties = { ...before.properties, ...(now.properties as typeof before.properties) };
  const after = now.properties as typeof before.properties;
  const values: Difference[] = [
    { label: "Email", before: before.email, now: now.email },
    { label: "First name", before: before.firstName ?? NONE, now: now.firstName ?? NONE },
    { label: "Last name", before: before.lastName ?? NONE, now: now.lastName ?? NONE },
    {
      label: "Subscription",
      before: subscription(before.unsubscribed),
      now: subscription(now.unsubscribed),
    },
    ...Object.keys(properties).map((name) => ({
      label: name,
      before: String(before.properties[name] ?? NONE),
      now: String(after[name] ?? NONE),
    })),
  ];
  const lists = moves.map(({ audienceId, move }) => {
    const [on, off] = ["on it", "not on it"];
    const name = audienceNames.get(audienceId) ?? "a list that is deleted";
    const [was, is] = move === "joined" ? [off, on] : [on, off];
    return { label: `List ${name}`, before: was, now: is };
  });
  return [...values.filter((value) => value.before !== value.now), ...lists];
}

function subscription(unsubscribed: boolean): string {
  return unsubscribed ? "unsubscribed" : "subscribed";
}

/** The reason for which a contact is restored or left alone, as the comparison gives it. */
export const STANDINGS: Record<Standing, string> = {
  restorable: "can be restored",
  changed_since: "changed again since, left alone",
  email_taken: "another contact has its former email, left alone",
  added: "added by the key, nothing to restore",
  deleted: "deleted for good: nothing of it is kept",
};

const AREAS: Partial<Record<string, string>> = {
  audiences: "audiences",
  segments: "audiences",
  campaigns: "campaigns",
  emails: "emails",
  events: "events",
  templates: "templates",
  webhooks: "webhooks",
};

/** The deeds of a caller, such as “read 240 contacts, changed 18 and sent mail to 41 recipients”. */
export function deedsOf(caller: DamageCaller): string {
  const { contactsRead, contactsChanged, recipients, refused, calls } = caller;
  const changedCount =
    contactsRead > 0 ? formatCount(contactsChanged) : countOf(contactsChanged, "contact");
  const touched = [
    ...(contactsRead > 0 ? [`read ${countOf(contactsRead, "contact")}`] : []),
    ...(contactsChanged > 0 ? [`changed ${changedCount}`] : []),
    ...(recipients > 0 ? [`sent mail to ${countOf(recipients, "recipient")}`] : []),
  ];
  const changed = otherAreas(caller);
  const deeds = changed.length > 0 ? [...touched, `changed ${listed(changed, "and")}`] : touched;
  if (deeds.length > 0) return listed(deeds, "and");
  if (refused === calls)
    return `nothing: ${calls === 1 ? "its call was" : "all calls were"} refused`;
  return "touched no contacts and sent nothing";
}

/**
 * The things that a caller changed besides contacts. Sent emails are left out where their recipients stand for them
 * already.
 */
export function otherAreas({ kinds, recipients }: DamageCaller): string[] {
  const changing = kinds.filter(({ area, changes }) => changes && !isToldOf(area, recipients));
  return [...new Set(changing.flatMap(({ area }) => AREAS[area] ?? []))];
}

function isToldOf(area: string, recipients: number): boolean {
  return area === "emails" && recipients > 0;
}

/** The time for which a caller is known, such as “known 12 days”. */
export function knownInWords({ knownDays }: Pick<DamageCaller, "knownDays">): string {
  if (knownDays === null) return "unknown";
  return knownDays < KNOWN_WITHIN_DAYS
    ? `known ${countOf(knownDays, "day")}`
    : `known ${KNOWN_WITHIN_DAYS} days or more`;
}

/** Says which callers are known at a time, such as “the leak”. */
export function knownRule(time: string): string {
  return `A caller is known if the key was called from its IP address on at least ${KNOWN_ON_DAYS} of the ${KNOWN_WITHIN_DAYS} days before ${time}.`;
}

/** The reason for which an instant is proposed. */
export const SINCE_WORDS: Record<ProposedSince["why"], string> = {
  unknown_caller: "first call by an unknown caller",
  reported: "first report",
  last_day: "last 24 hours",
};

/** A number that was counted up to a limit, such as “12” or “over 10,000”. */
export function countedUpTo(count: number, max: number): string {
  return count > max ? `over ${formatCount(max)}` : formatCount(count);
}
