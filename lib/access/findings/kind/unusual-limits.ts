/** The days that a key must have called for before its counts can be unusual. */
export const LEARNING_DAYS = 7;

/** An unusual hour is named for this many days, unless the secret is replaced or somebody dismisses the finding. */
export const UNUSUAL_NAMED_DAYS = 7;

/** A count that somebody said is meant to be so is unusual again above this multiple of it. */
export const ABOVE_INTENDED = 1.2;
/** A count that somebody said is meant to be so counts as usual for this many days. */
export const INTENDED_DAYS = 90;

/**
 * The limits of one hour's counts. A count is unusual from `least` on, where it is also above `timesUpper` times the
 * usual of that hour of the week and above `timesTop` times the busiest hour of the last five weeks.
 */
export const EXCESS = {
  burst: { least: 100, timesUpper: 3.5, timesTop: 1.5 },
  bulk_reading: { least: 500, timesUpper: 4, timesTop: 2 },
  scanning: { least: 20, timesUpper: 0, timesTop: 0 },
  walking: { least: 50, timesUpper: 0, timesTop: 3 },
} as const;

/** A key that has called for fewer days has not shown its busy ones yet. Far more calls are this much more until then. */
export const YOUNG_DAYS = 21;
export const ABOVE_YOUNG = 1.5;

/** Calls that read this many contacts each page through a list. */
export const CONTACTS_OF_A_PAGE = 10;

/** Refused calls are a scan where they went to at least this many routes. A tool that was set up wrongly calls few. */
export const SCANNED_ROUTES = 4;
/** A scan also goes to this many more routes than any hour of the last five weeks. */
export const MORE_ROUTES = 2;

/**
 * Calls that were not found are a walk where they are at least this share of all, and this many times the usual share.
 */
export const WALKED_SHARE = 0.25;
export const WALKED_TIMES_SHARE = 3;

/** A network is new for this many days after its first call. */
export const NEW_NETWORK_DAYS = 7;
/** A key is settled once it has called for this many days. */
export const SETTLED_DAYS = 14;
/** A settled key was first called from new networks on at most this many of the last 30 days. */
export const ARRIVALS_MAX = 1;
export const ARRIVAL_DAYS = 30;

/** The callers that are looked at, the newest first. A key with more callers is at home nowhere. */
export const CALLERS_READ = 200;

/** A key is silent after at least this many hours in which it usually calls. */
export const SILENT_HOURS = 3;
/** A silence also lasts at least this many hours of the clock. */
export const SILENT_CLOCK_HOURS = 6;
/** A key that missed an hour before is silent after at least this many of its hours. */
export const IRREGULAR_HOURS = 12;
/** A key that calls in this many hours of a day calls around the clock. Other keys may miss two of their days. */
export const AROUND_THE_CLOCK = 20;
export const MISSED_DAYS = 2;

/** A key in a URL is named for this many days, unless the secret is replaced. */
export const IN_URL_NAMED_DAYS = 30;

/**
 * Calls with secrets that no key has are named where those of an hour carried this many different ones, or where there
 * were this many in all: a tool with a wrong secret sends the same one in each call.
 */
export const UNKNOWN_SECRETS = 3;
export const UNKNOWN_CALLS = 20;

/**
 * A key is guessed where calls of an hour carried this many different secrets that begin like its own. By chance hardly
 * one does: there are 15 million beginnings.
 */
export const GUESSES = 5;

/** The most routes, and the most callers, that the page of a finding names. */
export const NAMED_MAX = 5;
