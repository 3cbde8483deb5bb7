export const NAME_MAX = 80;
export const DESCRIPTION_MAX = 500;
export const NOTE_MAX = 500;
export const ADDRESSES_MAX = 50;
export const RATE_MAX = 60_000;
export const PEOPLE_MAX = 10_000_000;
export const SEARCH_MAX = 200;

/** The offered expiries, in days. The second one is preselected. */
export const EXPIRY_DAYS = [30, 90, 180, 365] as const;
export const DEFAULT_EXPIRY_DAYS = 90;

/** The choices of how long the old secret works after a rotation. */
export const GRACES = ["immediately", "1h", "24h", "7d", "custom"] as const;
export const DEFAULT_GRACE = "24h";
export const LONGEST_GRACE_DAYS = 30;

/** The days for which the revoke of a key that did not leak can be undone. */
export const UNDO_REVOKE_DAYS = 7;

/** The hours for which a frozen key can be let in again. After them it is revoked. */
export const FREEZE_HOURS = 24;

/** A key that expires within this many days gets a warning. */
export const EXPIRING_SOON_DAYS = 14;
