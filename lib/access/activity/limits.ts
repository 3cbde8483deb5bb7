/** Rows on one page of activity. */
export const PAGE_SIZE = 50;
/** The times that a list of calls can be narrowed to by name. "yesterday" is the last whole UTC day. */
export const RANGES = ["hour", "day", "yesterday", "week"] as const;
export type NamedRange = (typeof RANGES)[number];
/** The status filter for every call that was refused or failed. */
export const PROBLEMS = "problems";
export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;
export const MAX_SEARCH_LENGTH = 200;
export const MAX_ADDRESS_LENGTH = 64;
export const MAX_PATH_LENGTH = 500;
/**
 * A caller is known at an instant if it called on this many of the days before. One visit is no habit, and a tool that
 * calls once a month has two days in 60.
 */
export const KNOWN_ON_DAYS = 2;
export const KNOWN_WITHIN_DAYS = 60;
