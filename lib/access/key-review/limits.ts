/** The days after which the next review of a workspace's keys is due. */
export const REVIEW_EVERY_DAYS = 90;
/** A review takes at most this many days: decisions that are older do not count for it. */
export const REVIEW_DAYS = 14;
/** The keys of one review. */
export const REVIEWED_MAX = 1_000;
