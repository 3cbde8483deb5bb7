import { DAY_MS, HOUR_MS } from "@/lib/platform/clock";

/** The days that a judgement of a key's use looks back. */
export const USE_DAYS = 30;

/** The days after which a key without calls is named, and named again. */
export const UNUSED_DAYS = [30, 90] as const;

/** The days after which a key that nobody ever used is named, and named again. */
export const NEVER_USED_DAYS = [7, 30, 90] as const;

/** The days before an expiry at which it is named again. The first is when a key counts as expiring soon. */
export const EXPIRING_AGAIN_DAYS = [3, 1] as const;

/** The choices of how many days after it was made a secret is due to be rotated. It is named again at twice that age. */
export const ROTATION_DAYS = [30, 90, 180, 365] as const;
export const DEFAULT_ROTATION_DAYS = 180;

/** An old secret counts as still in use for this long after its last call: long enough for what runs every night. */
export const STILL_IN_USE_MS = DAY_MS;

/** Callers get this long after a rotation before they are named, unless the old secret ends within a day. */
export const MOVING_MS = HOUR_MS;

/** A key that has ended counts as still called for this many days after its last call. */
export const STILL_CALLED_DAYS = 7;

/** A key calls from few IP addresses when it used at most this many in the last 30 days… */
export const FEW_ADDRESSES = 5;

/** …on at least this many days. A key that called on fewer has no habit yet. */
export const HABIT_DAYS = 10;

/** A revoked key counts as leaked for this many days after the last report, unless somebody dismisses that. */
export const LEAK_NAMED_DAYS = 30;

/** A budget that was exceeded is named for this many days, unless somebody lifts it. */
export const EXCESS_NAMED_DAYS = 7;

/** The days for which scopes that a remedy took away can be given back. */
export const UNDO_DAYS = 7;

/** The most characters of the note with which somebody leaves a finding as it is. */
export const DISMISS_NOTE_MAX = 500;
/** The findings of one list. Who has more sees to these first. */
export const FINDINGS_SHOWN = 100;
