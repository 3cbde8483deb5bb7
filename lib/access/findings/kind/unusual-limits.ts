/** The days that a key must have called for before its counts can be unusual. */
export const LEARNING_DAYS = 7;

/** An unusual hour is named for this many days, unless the secret is replaced or somebody dismisses that. */
export const UNUSUAL_NAMED_DAYS = 7;

/** A count that somebody said is meant to be so is unusual again above this many times of it. */
export const ABOVE_INTENDED = 1.2;
/** The days for which what somebody said is meant to be so counts as usual. */
export const INTENDED_DAYS = 90;

/**
 * When a count of one hour is unusual: from `least` on, where it is above so many times the usual of that hour of the
 * week, and above so many times the busiest hour of the last five weeks.
 */
export const EXCESS = {
  burst: { least: 100, timesUpper: 3.5, timesTop: 1.5 },
  bulk_reading: { least: 500, timesUpper: 4, timesTop: 2 },
  scanning: { least: 20, timesUpper: 0, timesTop: 0 },
  walking: { least: 50, timesUpper: 0, timesTop: 3 },
} as const;

/** Refused calls are a scan where they went to at least this many routes: a tool that was set up wrongly calls few. */
export const SCANNED_ROUTES = 4;
/** …and to this many more than in any hour of the last five weeks. */
export const MORE_ROUTES = 2;

/** Not found calls are a walk where they are at least this share of all, and so many times the usual share. */
export const WALKED_SHARE = 0.25;
export const WALKED_TIMES_SHARE = 3;

/** A network is new for this many days after its first call. */
export const NEW_NETWORK_DAYS = 7;
/** A key is settled once it has called for this many days… */
export const SETTLED_DAYS = 14;
/** …and in the last 30 days called from a new network on at most this many of them. */
export const ARRIVALS_MAX = 1;
export const ARRIVAL_DAYS = 30;

/** The callers that are looked at, the newest first. A key that has more is at home nowhere. */
export const CALLERS_READ = 200;

/** A key is silent after this many hours in which it usually calls, at the least… */
export const SILENT_HOURS = 3;
/** …of the clock. */
export const SILENT_CLOCK_HOURS = 6;
/** …or after this many, where it missed an hour before. */
export const IRREGULAR_HOURS = 12;
/** A key that calls in so many hours of a day calls around the clock. Others may miss two of their days. */
export const AROUND_THE_CLOCK = 20;
export const MISSED_DAYS = 2;

/** A key in a URL is named for this many days, unless the secret is replaced. */
export const IN_URL_NAMED_DAYS = 30;

/** The routes, and the callers, that the page of a finding names. */
export const NAMED_MAX = 5;
