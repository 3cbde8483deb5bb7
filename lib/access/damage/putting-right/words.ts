import type { ChangedCounts } from "@/lib/access/damage/reading/count-changed";
import type { Damage } from "@/lib/access/damage/reading/read-damage";
import type { Waiting } from "@/lib/access/damage/reading/waiting";
import { countedUpTo, otherAreas } from "@/lib/access/damage/reading/words";
import { COUNTED_MAX } from "@/lib/access/damage/terms/limits";
import { listed } from "@/lib/platform/format/list";
import { countOf, formatCount } from "@/lib/platform/format/number";
import { exactUtc } from "@/lib/platform/format/time";

/** The mail that waits to go out, such as “12 emails and 1 campaign”. */
export function queuedInWords({ emails, campaigns }: Waiting): string {
  const parts = [
    ...(emails > 0
      ? [`${countedUpTo(emails, COUNTED_MAX)} ${emails === 1 ? "email" : "emails"}`]
      : []),
    ...(campaigns > 0 ? [countOf(campaigns, "campaign")] : []),
  ];
  return listed(parts, "and");
}

/** The title above the mail that waits. */
export function waitingTitle(waiting: Waiting): string {
  const isOne = waiting.emails + waiting.campaigns === 1;
  return `${queuedInWords(waiting)} ${isOne ? "is" : "are"} still waiting to go out`;
}

/** Says who queued the waiting mail, when, and under which subject. */
export function waitingInWords(waiting: Waiting, callers: string): string {
  const { firstAt, lastAt, subject, campaignNames } = waiting;
  const between =
    firstAt && lastAt && lastAt > firstAt
      ? ` between ${exactUtc(firstAt)} and ${exactUtc(lastAt)}`
      : firstAt
        ? ` ${exactUtc(firstAt)}`
        : "";
  const about = subject ? `, subject “${subject}”` : "";
  const campaigns =
    campaignNames.length > 0
      ? ` Campaigns: ${listed(
          campaignNames.map((name) => `“${name}”`),
          "and",
        )}.`
      : "";
  return `Queued by ${callers}${between}${about}.${campaigns}`;
}

/** The title above the contacts that were changed. */
export function changedTitle(changed: ChangedCounts): string {
  const { restorable, changed_since, email_taken, added, deleted, restored, hasMore } = changed;
  const touched = restorable + changed_since + email_taken + added + deleted;
  if (touched === 0) return `${countOf(restored, "contact")} restored`;
  if (hasMore) return `Over ${formatCount(COUNTED_MAX)} contacts were changed`;
  return `${countOf(touched, "contact")} ${touched === 1 ? "was" : "were"} changed`;
}

/** Says what happened to the contacts that can be restored. */
export function changedInWords(changed: ChangedCounts): string {
  const { restorable, renamed, unsubscribed, moved, restored } = changed;
  const kinds = [
    ...(renamed > 0 ? [`${formatCount(renamed)} got another email`] : []),
    ...(unsubscribed > 0 ? [`${formatCount(unsubscribed)} were unsubscribed`] : []),
    ...(moved > 0 ? [`${formatCount(moved)} were moved between lists`] : []),
  ];
  const done = restored > 0 ? `${countOf(restored, "contact")} restored already. ` : "";
  if (restorable === 0) return restored > 0 ? "They have back what they had." : "";
  const which = kinds.length > 0 ? ` ${listed(kinds, "and")}.` : "";
  return `${done}${formatCount(restorable)} can have back what they had.${which}`;
}

/** Says which contacts are left as they are, and why. */
export function leftInWords({ changed_since, email_taken, added, deleted }: ChangedCounts): string {
  const parts = [
    ...(changed_since > 0
      ? [`${formatCount(changed_since)} changed again since by somebody else`]
      : []),
    ...(email_taken > 0
      ? [`${formatCount(email_taken)} whose former email another contact has`]
      : []),
    ...(added > 0 ? [`${formatCount(added)} added`] : []),
    ...(deleted > 0
      ? [`${formatCount(deleted)} deleted, which takes all that is kept of a person`]
      : []),
  ];
  return parts.length > 0 ? `Left as they are: ${listed(parts, "and")}.` : "";
}

/**
 * The deeds of the asked callers that are not put right, in words: emails that wait, contacts that are as the callers
 * left them, and other things that can only be put right by hand.
 */
export function leftToPutRight({ waiting, changed, did, asked }: Damage): string[] {
  const { restorable, changed_since, email_taken, added, deleted } = changed;
  const alone = changed_since + email_taken + added + deleted;
  const meant = did.callers.filter(
    ({ address }) => !asked.addresses || asked.addresses.includes(address),
  );
  const areas = [...new Set(meant.flatMap(otherAreas))];
  return [
    ...(waiting.emails + waiting.campaigns > 0 ? [`${queuedInWords(waiting)} waiting`] : []),
    ...(restorable > 0 ? [`${countOf(restorable, "contact")} to restore`] : []),
    ...(alone > 0 ? [`${countOf(alone, "contact")} to look at`] : []),
    ...(areas.length > 0 ? [`changes of ${listed(areas, "and")}`] : []),
  ];
}
